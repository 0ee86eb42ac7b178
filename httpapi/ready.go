package httpapi

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"incidex/search"
)

type readyOutput struct {
	Body struct {
		Status     string `json:"status" enum:"ready" doc:"Searches are answered; otherwise the answer is a problem with status 503"`
		Generation string `json:"generation" example:"gen-000001" doc:"The state of the index that answers"`
	}
}

// routeReady answers those who decide whether requests are sent here. Unlike healthz it
// searches, past what is remembered, so that it tells an index that opens from one that answers.
func (s *server) routeReady(api huma.API) {
	huma.Register(api, huma.Operation{
		OperationID: "readyz", Method: http.MethodGet, Path: "/readyz", Summary: "Whether searches are answered",
	}, func(ctx context.Context, _ *struct{}) (*readyOutput, error) {
		all, err := s.Engine.Rows(ctx, search.Request{}, "")
		if err != nil {
			return nil, s.problem(err)
		}
		defer all.Close()
		out := &readyOutput{}
		out.Body.Status, out.Body.Generation = "ready", all.Generation
		return out, nil
	})
}
