package httpapi

import (
	"context"
	"crypto/subtle"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/gin-gonic/gin"

	"incidex/search"
)

// IndexRuns starts and lists index runs. A nil IndexRuns has no such routes.
type IndexRuns interface {
	// Start begins a run and returns it. A run that is not allowed is an
	// ErrForbidden, one beside another that still runs an ErrBusy.
	Start(o RunOptions) (IndexRun, error)
	// DryRun finds out what a run would change, and says now and then how far it is. An
	// error says that it was refused, as by Start.
	DryRun(ctx context.Context, o RunOptions, progress func(IndexRun)) (IndexRun, []RunChange, error)
	// List returns the runs since the start of the program, newest first.
	List() []IndexRun
	// Follow sends every change of a run until it ends or ctx does, then closes the
	// channel. It is false where there is no such run.
	Follow(ctx context.Context, id int) (<-chan IndexRun, bool)
}

// RunOptions say what a run reads.
type RunOptions struct {
	Paths []string `json:"paths,omitempty" doc:"Files and folders, inside the folders that the server was given; all of these when empty"`
	// Rebuild fills a new generation from the paths alone.
	Rebuild    bool              `json:"rebuild,omitempty"`
	Verify     bool              `json:"verify,omitempty" doc:"Read files that look unchanged, too"`
	KeepSample bool              `json:"keep_sample,omitempty"`
	Map        map[string]string `json:"map,omitempty" doc:"Names of JSON keys or columns, theirs to ours"`
	Within     []string          `json:"within,omitempty" doc:"Folders into which links may lead besides the paths; for the owner of the index alone"`
	// Local says that the caller owns the index and may name any path.
	Local bool `json:"-"`
	// Extractor is a command that extracts, too; with ExtractorOnly nothing else does.
	// A server runs none.
	Extractor     string `json:"-"`
	ExtractorOnly bool   `json:"-"`
}

// IndexRun is one run.
type IndexRun struct {
	ID    int      `json:"id"`
	State string   `json:"state" enum:"running,done,failed"`
	Paths []string `json:"paths"`
	// Shown are the paths for readers who may not know where on the machine they are.
	Shown   []string   `json:"-"`
	Started time.Time  `json:"started"`
	Ended   *time.Time `json:"ended,omitempty"`
	Error   string     `json:"error,omitempty"`
	// Full says that the disk is full.
	Full bool `json:"-"`
	// Bytes and TotalBytes of the files that have to be read.
	Bytes      int64        `json:"bytes"`
	TotalBytes int64        `json:"total_bytes"`
	Files      int          `json:"files"`
	Opened     int          `json:"opened"`
	Read       int          `json:"read"`
	New        int          `json:"new"`
	Updated    int          `json:"updated"`
	Unchanged  int          `json:"unchanged"`
	Removed    int          `json:"removed"`
	Incidents  int          `json:"incidents"`
	Seconds    float64      `json:"seconds"`
	Skipped    int          `json:"skipped" doc:"Problems that cost an article or a file"`
	Partial    int          `json:"partial" doc:"Problems that cost a part of an article"`
	Before     int          `json:"before" doc:"Problems of files that are unchanged since a run that listed them"`
	Problems   []RunProblem `json:"problems,omitempty" doc:"The first of both"`
	Groups     []RunGroup   `json:"groups,omitempty" doc:"All of both, by kind and archive, the most frequent first"`
	Formats    []RunFormat  `json:"formats,omitempty" doc:"What became of the files of each format"`
	Notes      []RunProblem `json:"notes,omitempty" doc:"How files were read where that is not plain"`
}

// RunGroup counts the problems of one kind in one archive or list, or in files of
// their own.
type RunGroup struct {
	Kind string `json:"kind"`
	In   string `json:"in,omitempty"`
	Kept bool   `json:"kept,omitempty" doc:"The articles were read all the same, without the bad part"`
	// Count is how many there are, Path and Line where the first one is.
	Count int    `json:"count"`
	Path  string `json:"path" doc:"Where the first one is"`
	Line  int    `json:"line,omitempty"`
}

// RunFormat counts what a run found in one format.
type RunFormat struct {
	Name     string `json:"name" doc:"The extension; empty for files without one"`
	Files    int    `json:"files"`
	Articles int    `json:"articles"`
	Skipped  int    `json:"skipped"`
	Partial  int    `json:"partial"`
}

// RunProblem is something that a run skipped.
type RunProblem struct {
	Path   string `json:"path"`
	Line   int    `json:"line,omitempty"`
	Reason string `json:"reason"`
	// Shown and ShownReason are Path and Reason for readers who may not know where on
	// the machine the file is.
	Shown, ShownReason string `json:"-"`
	Kept               bool   `json:"kept,omitempty" doc:"The article was read all the same, without the bad part"`
}

// The kinds of errors of index runs.
var (
	ErrForbidden = errors.New("forbidden")
	ErrBusy      = errors.New("busy")
)

// role is what a token allows.
type role int

const (
	nobody role = iota
	admin
	owner
)

// authorize returns what the bearer token of a request allows.
func (s *server) authorize(header string) role {
	token, ok := strings.CutPrefix(header, "Bearer ")
	same := func(want string) bool {
		return ok && want != "" && subtle.ConstantTimeCompare([]byte(token), []byte(want)) == 1
	}
	switch {
	case same(s.OwnerToken):
		return owner
	case same(s.AdminToken):
		return admin
	}
	return nobody
}

// tokenFirst refuses those without a token before anything of their request is read.
func (s *server) tokenFirst(api huma.API) huma.Middlewares {
	return huma.Middlewares{func(ctx huma.Context, next func(huma.Context)) {
		if s.authorize(ctx.Header("Authorization")) == nobody {
			_ = huma.WriteErr(api, ctx, http.StatusUnauthorized, errToken.Error()) // the caller is gone
			return
		}
		next(ctx)
	}}
}

type startInput struct {
	Authorization string `header:"Authorization" hidden:"true"`
	Body          RunOptions
}

type runOutput struct{ Body IndexRun }

type runsOutput struct {
	Body struct {
		Runs []IndexRun `json:"runs"`
	}
}

type runsInput struct {
	Authorization string `header:"Authorization" hidden:"true"`
}

func (s *server) routeRuns(r *gin.Engine, api huma.API) {
	if s.Runs == nil {
		return
	}
	huma.Register(api, huma.Operation{
		OperationID: "start-index-run", Method: http.MethodPost, Path: "/index-runs", Summary: "Bring the index up to date",
		Security: forAdmin, Errors: []int{http.StatusForbidden, http.StatusNotFound, http.StatusConflict}, DefaultStatus: http.StatusAccepted,
		Middlewares: s.tokenFirst(api),
	}, func(_ context.Context, in *startInput) (*runOutput, error) {
		who := s.authorize(in.Authorization)
		if who == nobody {
			return nil, errToken
		}
		in.Body.Local = who == owner
		run, err := s.Runs.Start(in.Body)
		if err != nil {
			return nil, s.problem(err)
		}
		return &runOutput{run}, nil
	})
	huma.Register(api, huma.Operation{
		OperationID: "list-index-runs", Method: http.MethodGet, Path: "/index-runs", Summary: "Index runs since the start of the program, newest first",
		Security: forAdmin,
	}, func(_ context.Context, in *runsInput) (*runsOutput, error) {
		if s.authorize(in.Authorization) == nobody {
			return nil, errToken
		}
		out := &runsOutput{}
		out.Body.Runs = s.Runs.List()
		return out, nil
	})
	s.routeDryRun(r, api)
	r.GET("/api/v1/index-runs/:id/events", s.followRun)
	api.OpenAPI().AddOperation(&huma.Operation{
		OperationID: "follow-index-run", Method: http.MethodGet, Path: "/api/v1/index-runs/{id}/events", Summary: "An index run as server-sent events, one a change, until it ends",
		Security:   forAdmin,
		Parameters: []*huma.Param{{Name: "id", In: "path", Required: true, Description: "The number of the run", Example: 1, Schema: &huma.Schema{Type: huma.TypeInteger}}},
		Responses:  map[string]*huma.Response{"200": {Description: "Events whose data is an IndexRun", Content: map[string]*huma.MediaType{"text/event-stream": {}}}},
	})
}

var errToken = huma.NewError(http.StatusUnauthorized, "this needs the admin token: start the server with --admin-token-file and send it as Authorization: Bearer TOKEN")

// followRun streams a run as server-sent events, one a change, until it ends.
func (s *server) followRun(c *gin.Context) {
	if s.authorize(c.GetHeader("Authorization")) == nobody {
		s.fail(c, http.StatusUnauthorized, errToken.Error())
		return
	}
	id, err := strconv.Atoi(c.Param("id"))
	ctx := c.Request.Context()
	changes, ok := s.Runs.Follow(ctx, id)
	if err != nil || !ok {
		s.fail(c, http.StatusNotFound, fmt.Sprintf("index run %q: %v", c.Param("id"), search.ErrNotFound))
		return
	}
	h := c.Writer.Header()
	h.Set("Content-Type", "text/event-stream")
	h.Set("Cache-Control", "no-store")
	for run := range changes {
		body, err := json.Marshal(run)
		if err != nil {
			return
		}
		if _, err := fmt.Fprintf(partWriter{c.Writer}, "data: %s\n\n", body); err != nil {
			return
		}
	}
}
