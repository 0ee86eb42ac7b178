package httpapi

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"incidex/search/compare"
)

type compareInput struct {
	IDs  []string `query:"ids" required:"true" minItems:"2" maxItems:"6" doc:"Ids of 2 to 6 incidents, separated by commas"`
	Show string   `query:"show" enum:"all,differences,same" default:"all"`
	// HideUnknown leaves out the rows that nobody knows.
	HideUnknown bool `query:"hide_unknown" doc:"Leave out the rows that nobody knows"`
}

type compareOutput struct{ Body *compare.Table }

func (s *server) routeCompare(api huma.API) {
	huma.Register(api, huma.Operation{
		OperationID: "compare", Method: http.MethodGet, Path: "/compare", Summary: "Incidents side by side",
	}, func(ctx context.Context, in *compareInput) (*compareOutput, error) {
		t, err := s.Engine.Compare(ctx, in.IDs, compare.Options{Show: compare.Show(in.Show), HideUnknown: in.HideUnknown})
		if err != nil {
			return nil, s.problem(err)
		}
		return &compareOutput{Body: t}, nil
	})
}
