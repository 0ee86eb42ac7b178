package httpapi

import (
	"encoding/json"
	"fmt"
	"net/http"
	"reflect"

	"github.com/danielgtaylor/huma/v2"
	"github.com/gin-gonic/gin"

	"incidex/data"
	"incidex/search"
)

const (
	dryRunPath = "/api/v1/index-runs/dry"
	// maxRunOptions is the most bytes of the options of a run.
	maxRunOptions = 1 << 20
)

// DryRunLine is one line of the answer to a dry run. It has one of the two.
type DryRunLine struct {
	// Run says how far the run is, or in the first line that is not "running", what it
	// would do. The changes follow that one.
	Run    *IndexRun  `json:"run,omitempty"`
	Change *RunChange `json:"change,omitempty"`
}

// RunChange is something that a run would change.
type RunChange struct {
	// Kind is "new", "changed", "gone" or "moved" for an article; "claims" for the
	// number of claims of a field; "split" or "merge" for an incident whose articles
	// would go to or come from others; "incidents" for the number of those whose
	// articles are not one incident now, or would no longer be one.
	Kind string `json:"kind"`
	// ID is that of the article or the incident.
	ID      string     `json:"id,omitempty"`
	Title   string     `json:"title,omitempty"`
	Field   data.Field `json:"field,omitempty"`
	Added   int        `json:"added,omitempty"`
	Removed int        `json:"removed,omitempty"`
	Others  []string   `json:"others,omitempty"`
}

func (s *server) routeDryRun(r *gin.Engine, api huma.API) {
	r.POST(dryRunPath, s.dryRun)
	body := huma.SchemaFromType(api.OpenAPI().Components.Schemas, reflect.TypeFor[RunOptions]())
	api.OpenAPI().AddOperation(&huma.Operation{
		OperationID: "dry-run", Method: http.MethodPost, Path: dryRunPath, Summary: "What an index run would change, changing nothing",
		Security: forAdmin, Errors: []int{http.StatusForbidden, http.StatusNotFound, http.StatusConflict},
		Description: "The run ends with the request. An answer that breaks off is not whole.",
		RequestBody: &huma.RequestBody{Required: true, Content: map[string]*huma.MediaType{"application/json": {Schema: body}}},
		Responses:   map[string]*huma.Response{"200": {Description: "Lines that are each an object with a run, or with a change", Content: map[string]*huma.MediaType{"application/x-ndjson": {}}}},
	})
}

// dryRun streams how far a dry run is, and then what it found.
func (s *server) dryRun(c *gin.Context) {
	who := s.authorize(c.GetHeader("Authorization"))
	if who == nobody {
		s.fail(c, http.StatusUnauthorized, errToken.Error())
		return
	}
	w := newLineWriter(c)
	var o RunOptions
	in := json.NewDecoder(http.MaxBytesReader(c.Writer, c.Request.Body, maxRunOptions))
	in.DisallowUnknownFields()
	if err := in.Decode(&o); err != nil {
		s.endLines(c, w, fmt.Errorf("%w: the options of the run: %w", search.ErrInvalid, err))
		return
	}
	o.Local = who == owner
	run, changes, err := s.Runs.DryRun(c.Request.Context(), o, func(run IndexRun) {
		if w.Encode(DryRunLine{Run: &run}) == nil {
			_ = w.out.Flush() // the end says so, too
		}
	})
	if err == nil {
		err = w.Encode(DryRunLine{Run: &run})
	}
	for _, change := range changes {
		if err == nil {
			err = w.Encode(DryRunLine{Change: &change})
		}
	}
	s.endLines(c, w, err)
}
