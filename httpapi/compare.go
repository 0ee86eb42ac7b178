package httpapi

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"incidex/search"
	"incidex/search/compare"
)

type compareInput struct {
	OffsetsInput
	IDs         []string `query:"ids" required:"true" minItems:"2" maxItems:"6" example:"kering-2025,cartier-2025" doc:"Ids of 2 to 6 incidents, separated by commas"`
	Show        string   `query:"show" enum:"all,differences,same" default:"all" example:"differences" doc:"Which rows to show"`
	HideUnknown bool     `query:"hide_unknown" example:"true" doc:"Leave out the rows that nobody knows"`
}

type compareOutput struct{ Body *compare.Table }

// selectionsInput are two searches, each in the query language.
type selectionsInput struct {
	A string `query:"a" maxLength:"2000" example:"sector:retail" doc:"A search, such as sector:retail"`
	B string `query:"b" maxLength:"2000" example:"sector:health" doc:"Another, such as sector:health"`
}

type selectionsOutput struct{ Body *compare.SelectionTable }

func (s *server) routeCompare(api huma.API) {
	huma.Register(api, huma.Operation{
		OperationID: "compare-selections", Method: http.MethodGet, Path: "/compare/selections", Summary: "What two searches find, side by side",
	}, func(ctx context.Context, in *selectionsInput) (*selectionsOutput, error) {
		t, err := s.Engine.CompareSelections(ctx, search.Request{Query: in.A}, search.Request{Query: in.B})
		if err != nil {
			return nil, s.problem(err)
		}
		return &selectionsOutput{Body: t}, nil
	})
	huma.Register(api, huma.Operation{
		OperationID: "compare", Method: http.MethodGet, Path: "/compare", Summary: "Incidents side by side",
		Errors: []int{http.StatusNotFound},
	}, func(ctx context.Context, in *compareInput) (*compareOutput, error) {
		t, err := s.Engine.Compare(in.in(ctx), in.IDs, compare.Options{Show: compare.Show(in.Show), HideUnknown: in.HideUnknown})
		if err != nil {
			return nil, s.problem(err)
		}
		return &compareOutput{Body: t}, nil
	})
}
