package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"incidex/search"
	"incidex/search/bleveindex"
	"incidex/search/compare"
)

// engine answers the questions of the command line: the index itself, or a server
// that has it open.
type engine interface {
	Search(ctx context.Context, r search.Request) (*search.Response, error)
	Compare(ctx context.Context, ids []string, o compare.Options) (*compare.Table, error)
}

var (
	_ engine = (*search.Engine)(nil)
	_ engine = remote{}
)

// withEngine opens the index to read it, or asks the server that has it open.
func (g *global) withEngine(f func(engine) error) error {
	store, err := bleveindex.Open(g.data, bleveindex.Options{ReadOnly: true})
	var locked *bleveindex.LockedError
	if errors.As(err, &locked) && locked.Holder.Address != "" {
		return f(remote{locked.Holder.Address})
	}
	if err != nil {
		return err
	}
	defer store.Close()
	return f(search.NewEngine(store))
}

// remoteTime is the longest that a server may take to answer.
const remoteTime = 30 * time.Second

// remote is a server of incidex on this machine.
type remote struct{ address string }

func (r remote) Search(ctx context.Context, req search.Request) (*search.Response, error) {
	q := url.Values{}
	q.Set("q", req.Query)
	if req.Sort != "" {
		q.Set("sort", string(req.Sort))
	}
	q.Set("page", strconv.Itoa(max(req.Page, 1)))
	q.Set("per_page", strconv.Itoa(max(req.PerPage, 1)))
	q.Set("explain", strconv.FormatBool(req.Explain))
	if req.Facets != nil && len(req.Facets) == 0 {
		q.Set("facets", "none")
	}
	for _, f := range req.Filters {
		name := f.Field
		if f.Exclude {
			name = "-" + name
		}
		q["filter["+name+"]"] = append(q["filter["+name+"]"], f.Values...)
	}
	var res search.Response
	return &res, r.get(ctx, "search", q, &res)
}

func (r remote) Compare(ctx context.Context, ids []string, o compare.Options) (*compare.Table, error) {
	q := url.Values{"ids": {strings.Join(ids, ",")}, "show": {string(o.Show)}, "hide_unknown": {strconv.FormatBool(o.HideUnknown)}}
	var t compare.Table
	return &t, r.get(ctx, "compare", q, &t)
}

func (r remote) get(ctx context.Context, path string, q url.Values, into any) error {
	ctx, cancel := context.WithTimeout(ctx, remoteTime)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, r.address+"/api/v1/"+path+"?"+q.Encode(), nil)
	if err != nil {
		return fmt.Errorf("ask %s: %w", r.address, err)
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return fmt.Errorf("ask %s: %w", r.address, err)
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusOK {
		return remoteError(res)
	}
	if err := json.NewDecoder(res.Body).Decode(into); err != nil {
		return fmt.Errorf("read the answer of %s: %w", r.address, err)
	}
	return nil
}

// maxProblem is the most bytes of an error that are read.
const maxProblem = 64 << 10

// remoteError is the problem that a server answers, of the kind that its status says.
func remoteError(res *http.Response) error {
	var p struct {
		Detail string `json:"detail"`
		Errors []struct {
			Message string `json:"message"`
		} `json:"errors"`
	}
	_ = json.NewDecoder(io.LimitReader(res.Body, maxProblem)).Decode(&p) // without it the status has to do
	if len(p.Errors) > 0 {
		p.Detail = p.Errors[0].Message
	}
	if p.Detail == "" {
		p.Detail = res.Status
	}
	switch res.StatusCode {
	case http.StatusBadRequest, http.StatusUnprocessableEntity:
		return usageError{errors.New(p.Detail)}
	case http.StatusNotFound:
		return kindError{p.Detail, search.ErrNotFound}
	default:
		return errors.New(p.Detail)
	}
}

// kindError says its text alone and is of a kind.
type kindError struct {
	text string
	kind error
}

func (e kindError) Error() string { return e.text }
func (e kindError) Unwrap() error { return e.kind }
