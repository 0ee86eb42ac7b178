package httpapi

import (
	"io"
	"net/http"

	"github.com/gin-gonic/gin"

	"incidex/search"
	"incidex/web"
)

// statusPage shows the state of the index. It needs no token, so it tells no path of
// this machine.
func (s *server) statusPage(c *gin.Context) error {
	ctx := c.Request.Context()
	all, err := s.Engine.Search(ctx, search.Request{PerPage: 1, Facets: []search.FacetRequest{}})
	if err != nil {
		return err
	}
	page := web.StatusPage{Version: s.Version, Articles: all.Total, Incidents: all.Incidents}
	if page.Frame, err = s.frame(c, tray(c)); err != nil {
		return err
	}
	if s.Runs != nil {
		for _, r := range s.Runs.List() {
			page.Runs = append(page.Runs, shownRun(r))
		}
	}
	return write(c, http.StatusOK, html, func(w io.Writer) error { return s.pages.Status(w, page) })
}

func shownRun(r IndexRun) web.Run {
	out := web.Run{
		ID: r.ID, State: r.State, Paths: r.Shown, Started: r.Started, Seconds: r.Seconds, Bytes: r.Bytes, TotalBytes: r.TotalBytes,
		Files: r.Files, Read: r.Read, New: r.New, Updated: r.Updated, Unchanged: r.Unchanged, Removed: r.Removed, Incidents: r.Incidents,
		More: r.Skipped + r.Partial - len(r.Problems),
	}
	switch {
	case r.Full:
		out.Error = "The disk is full. Free some space and run it again; what searches find may be gone after a restart until then."
	case r.Error != "":
		out.Error = "The run failed; the log of the program says why."
	}
	for _, p := range r.Problems {
		out.Problems = append(out.Problems, web.RunProblem{Path: p.Shown, Line: p.Line, Reason: p.ShownReason, Kept: p.Kept})
	}
	for _, f := range r.Formats {
		out.Formats = append(out.Formats, web.RunFormat(f))
	}
	return out
}
