package main

import (
	"bufio"
	"bytes"
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

	"incidex/httpapi"
	"incidex/indexer"
	"incidex/search"
	"incidex/search/bleveindex"
	"incidex/search/compare"
)

// engine answers the questions of the command line: the index itself, or a server
// that has it open.
type engine interface {
	Search(ctx context.Context, r search.Request) (*search.Response, error)
	Compare(ctx context.Context, ids []string, o compare.Options) (*compare.Table, error)
	CompareSelections(ctx context.Context, a, b search.Request) (*compare.SelectionTable, error)
}

var (
	_ engine = (*search.Engine)(nil)
	_ engine = remote{}

	_ httpapi.Groups = remote{}
)

// withEngine opens the index to read it, or asks the server that has it open.
func (g *global) withEngine(f func(engine) error) error {
	return g.read(false,
		func(s *bleveindex.Store) error { return f(search.NewEngine(s)) },
		func(r remote) error { return f(r) })
}

// withGroups is withEngine for the grouping.
func (g *global) withGroups(f func(httpapi.Groups) error) error {
	return g.read(false,
		func(s *bleveindex.Store) error { return f(groups{store: s}) },
		func(r remote) error { return f(r) })
}

// read opens the index to read it and calls here, or there with the server that
// has it open. What a server tells the owner of the index alone is locked to others.
func (g *global) read(owner bool, here func(*bleveindex.Store) error, there func(remote) error) error {
	store, err := bleveindex.Open(g.data, bleveindex.Options{ReadOnly: true})
	if r := serverOf(err); r.token != "" || r.address != "" && !owner {
		return there(r)
	}
	if err != nil {
		return err
	}
	defer store.Close()
	g.warn(store)
	return here(store)
}

// serverOf is the server that has the index open when err says so. Its address is empty
// when there is none, its token when this user does not own the index.
func serverOf(err error) remote {
	var locked *bleveindex.LockedError
	if !errors.As(err, &locked) {
		return remote{}
	}
	return remote{locked.Holder.Address, locked.Holder.Token}
}

// remoteTime is the longest that a server may take to answer.
const remoteTime = 30 * time.Second

// direct asks a server itself: no proxy of the environment is told the token.
var direct = &http.Client{Transport: &http.Transport{}}

// remote is a server of incidex on this machine.
type remote struct {
	address string
	// token allows more than reading; it may be empty.
	token string
}

// termsOf are the parameters of what a request searches for.
func termsOf(req search.Request) url.Values {
	q := url.Values{}
	q.Set("q", req.Query)
	if req.Match != "" {
		q.Set("match", string(req.Match))
	}
	if req.Sort != "" {
		q.Set("sort", string(req.Sort))
	}
	for _, f := range req.Filters {
		name := f.Field
		if f.Exclude {
			name = "-" + name
		}
		q["filter["+name+"]"] = append(q["filter["+name+"]"], f.Values...)
	}
	return q
}

func (r remote) Search(ctx context.Context, req search.Request) (*search.Response, error) {
	q := termsOf(req)
	q.Set("page", strconv.Itoa(max(req.Page, 1)))
	q.Set("per_page", strconv.Itoa(max(req.PerPage, 1)))
	q.Set("explain", strconv.FormatBool(req.Explain))
	if req.Facets != nil && len(req.Facets) == 0 {
		q.Set("facets", "none")
	}
	var res search.Response
	return &res, r.call(ctx, http.MethodGet, "search?"+q.Encode(), nil, &res)
}

func (r remote) Compare(ctx context.Context, ids []string, o compare.Options) (*compare.Table, error) {
	q := url.Values{"ids": {strings.Join(ids, ",")}, "show": {string(o.Show)}, "hide_unknown": {strconv.FormatBool(o.HideUnknown)}}
	var t compare.Table
	return &t, r.call(ctx, http.MethodGet, "compare?"+q.Encode(), nil, &t)
}

func (r remote) CompareSelections(ctx context.Context, a, b search.Request) (*compare.SelectionTable, error) {
	var t compare.SelectionTable
	return &t, r.call(ctx, http.MethodGet, "compare/selections?"+url.Values{"a": {a.Query}, "b": {b.Query}}.Encode(), nil, &t)
}

func (r remote) Decide(ctx context.Context, d httpapi.GroupDecision) (httpapi.GroupDecision, error) {
	var done httpapi.GroupDecision
	err := r.call(ctx, http.MethodPost, "groups", d, &done)
	return done, err
}

func (r remote) Decisions() ([]httpapi.GroupDecision, error) {
	var list struct {
		Decisions []httpapi.GroupDecision `json:"decisions"`
	}
	err := r.call(context.Background(), http.MethodGet, "groups", nil, &list)
	return list.Decisions, err
}

func (r remote) Explain(ctx context.Context, incident string) ([]httpapi.GroupReason, error) {
	var list struct {
		Articles []httpapi.GroupReason `json:"articles"`
	}
	err := r.call(ctx, http.MethodGet, "incidents/"+url.PathEscape(incident)+"/explain", nil, &list)
	return list.Articles, err
}

// call asks and decodes the answer.
func (r remote) call(ctx context.Context, method, path string, body, into any) error {
	ctx, cancel := context.WithTimeout(ctx, remoteTime)
	defer cancel()
	res, err := r.do(ctx, method, path, body)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	if err := json.NewDecoder(res.Body).Decode(into); err != nil {
		return fmt.Errorf("read the answer of %s: %w", r.address, err)
	}
	return nil
}

// do asks and returns an answer that is no error; the caller closes its body.
func (r remote) do(ctx context.Context, method, path string, body any) (*http.Response, error) {
	return r.ask(ctx, method, "/api/v1/"+path, body)
}

// ask is do for any path.
func (r remote) ask(ctx context.Context, method, path string, body any) (*http.Response, error) {
	var send io.Reader
	if body != nil {
		raw, err := json.Marshal(body)
		if err != nil {
			return nil, err
		}
		send = bytes.NewReader(raw)
	}
	req, err := http.NewRequestWithContext(ctx, method, r.address+path, send)
	if err != nil {
		return nil, fmt.Errorf("ask %s: %w", r.address, err)
	}
	req.Header.Set("Content-Type", "application/json")
	if r.token != "" {
		req.Header.Set("Authorization", "Bearer "+r.token)
	}
	res, err := direct.Do(req)
	if err != nil {
		return nil, fmt.Errorf("ask %s: %w", r.address, err)
	}
	if res.StatusCode >= http.StatusBadRequest {
		defer res.Body.Close()
		return nil, remoteError(res)
	}
	return res, nil
}

// index hands a run to the server and follows it to its end.
func (r remote) index(ctx context.Context, o httpapi.RunOptions, progress func(indexer.Progress)) (indexer.Summary, error) {
	var sum indexer.Summary
	var run httpapi.IndexRun
	if err := r.call(ctx, http.MethodPost, "index-runs", o, &run); err != nil {
		return sum, err
	}
	res, err := r.do(ctx, http.MethodGet, "index-runs/"+strconv.Itoa(run.ID)+"/events", nil)
	if err != nil {
		return sum, err
	}
	defer res.Body.Close()
	lines := bufio.NewScanner(res.Body)
	lines.Buffer(nil, maxEvent)
	for lines.Scan() {
		event, ok := strings.CutPrefix(lines.Text(), "data: ")
		if !ok {
			continue
		}
		run = httpapi.IndexRun{}
		if err := json.Unmarshal([]byte(event), &run); err != nil {
			return sum, fmt.Errorf("read the answer of %s: %w", r.address, err)
		}
		progress(progressOf(run))
	}
	if ctx.Err() != nil {
		return sum, kindError{fmt.Sprintf("interrupted here; the server on %s goes on with the run", r.address), ctx.Err()}
	}
	if err := lines.Err(); err != nil {
		return sum, fmt.Errorf("follow the run on %s: %w", r.address, err)
	}
	if run.State == "running" {
		return sum, fmt.Errorf("the server on %s stopped before the run was done", r.address)
	}
	sum = summaryOf(run)
	if run.Error != "" {
		return sum, errors.New(run.Error)
	}
	return sum, nil
}

// maxEvent is the most bytes of one event: a run with all the problems that are kept.
const maxEvent = 8 << 20

func progressOf(run httpapi.IndexRun) indexer.Progress {
	return indexer.Progress{Bytes: run.Bytes, Total: run.TotalBytes, Articles: run.Read}
}

func summaryOf(run httpapi.IndexRun) indexer.Summary {
	sum := indexer.Summary{
		Files: run.Files, Opened: run.Opened, Read: run.Read, New: run.New, Updated: run.Updated,
		Unchanged: run.Unchanged, Removed: run.Removed, Incidents: run.Incidents,
		Skipped: run.Skipped, Partial: run.Partial, Before: run.Before,
		Elapsed: time.Duration(run.Seconds * float64(time.Second)),
	}
	for _, p := range run.Problems {
		sum.Problems = append(sum.Problems, indexer.Problem{Path: p.Path, Line: p.Line, Reason: p.Reason, Kept: p.Kept})
	}
	for _, g := range run.Groups {
		sum.Groups = append(sum.Groups, indexer.Group(g))
	}
	for _, f := range run.Formats {
		sum.Formats = append(sum.Formats, indexer.Format(f))
	}
	for _, p := range run.Notes {
		sum.Notes = append(sum.Notes, indexer.Problem{Path: p.Path, Line: p.Line, Reason: p.Reason})
	}
	return sum
}

// export copies what the server exports for the parameters.
func (r remote) export(ctx context.Context, w io.Writer, parameters string) error {
	return r.copy(ctx, w, "/api/v1/export?"+parameters)
}

// copy copies what the server answers.
func (r remote) copy(ctx context.Context, w io.Writer, path string) error {
	res, err := r.ask(ctx, http.MethodGet, path, nil)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	if _, err := io.Copy(w, res.Body); err != nil {
		return r.brokenOff(err)
	}
	return nil
}

// brokenOff is the error of an answer that ended early.
func (r remote) brokenOff(err error) error {
	return fmt.Errorf("the answer of %s broke off: %w", r.address, err)
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
	case http.StatusConflict:
		return kindError{p.Detail, httpapi.ErrBusy}
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
