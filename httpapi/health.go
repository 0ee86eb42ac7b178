package httpapi

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"
)

type healthOutput struct {
	Body struct {
		Status     string `json:"status" enum:"ok,degraded" doc:"degraded: it answers, but not from the newest generation of the index"`
		Generation string `json:"generation"`
		Version    string `json:"version"`
	}
}

func (s *server) routeHealth(api huma.API) {
	huma.Register(api, huma.Operation{
		OperationID: "healthz", Method: http.MethodGet, Path: "/healthz", Summary: "Whether the index answers",
	}, func(ctx context.Context, _ *struct{}) (*healthOutput, error) {
		generation, err := s.Engine.Generation(ctx)
		if err != nil {
			return nil, s.problem(err)
		}
		status := "ok"
		if s.Trouble != nil && s.Trouble() != nil {
			status = "degraded"
		}
		out := &healthOutput{}
		out.Body.Status, out.Body.Generation, out.Body.Version = status, generation, s.Version
		return out, nil
	})
}
