package httpapi

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"incidex/data"
)

type incidentInput struct {
	IncidentInput
	OffsetsInput
}

// IncidentInput names an incident.
type IncidentInput struct {
	ID string `path:"id" maxLength:"400" example:"kering-2025" doc:"The id of the incident"`
}

type incidentOutput struct{ Body *data.Record }

func (s *server) routeIncidents(api huma.API) {
	huma.Register(api, huma.Operation{
		OperationID: "get-incident", Method: http.MethodGet, Path: "/incidents/{id}", Summary: "An incident with all claims of its articles",
	}, func(ctx context.Context, in *incidentInput) (*incidentOutput, error) {
		r, err := s.Engine.Record(in.in(ctx), in.ID)
		if err != nil {
			return nil, s.problem(err)
		}
		return &incidentOutput{Body: r}, nil
	})
}
