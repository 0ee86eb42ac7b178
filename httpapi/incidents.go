package httpapi

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"incidex/data"
)

type incidentOutput struct{ Body *data.Record }

func (s *server) routeIncidents(api huma.API) {
	huma.Register(api, huma.Operation{
		OperationID: "get-incident", Method: http.MethodGet, Path: "/incidents/{id}", Summary: "An incident with all claims of its articles",
	}, func(ctx context.Context, in *idInput) (*incidentOutput, error) {
		r, err := s.Engine.Record(ctx, in.ID)
		if err != nil {
			return nil, s.problem(err)
		}
		return &incidentOutput{Body: r}, nil
	})
}
