package httpapi

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"incidex/search"
)

// facetInput are the parameters of the values of one field.
type facetInput struct {
	TermsInput
	Field  string `path:"field" maxLength:"40" example:"attack" doc:"The field, as in the schema"`
	Prefix string `query:"prefix" maxLength:"200" example:"ran" doc:"Keep values of whose label a word begins so, whatever its case and accents; years and ranges are all kept"`
	Limit  int    `query:"limit" minimum:"1" maximum:"1000" default:"20" example:"50" doc:"The most values"`
}

type facetOutput struct {
	Body struct {
		search.Facet
		Generation string `json:"generation"`
	}
}

func (s *server) routeFacets(api huma.API) {
	huma.Register(api, huma.Operation{
		OperationID: "get-facet", Method: http.MethodGet, Path: "/facets/{field}", Summary: "The values of a field in what a search finds, with counts of articles and of incidents",
		Description: "A filter on the field itself does not narrow its counts; a value that is filtered by is always there.",
		Parameters:  []*huma.Param{filterParam()},
	}, func(ctx context.Context, in *facetInput) (*facetOutput, error) {
		r := in.terms()
		r.PerPage, r.Plain = 1, true
		r.Facets = []search.FacetRequest{{Field: in.Field, Limit: in.Limit, Prefix: in.Prefix}}
		res, err := s.Engine.Search(ctx, r)
		if err != nil {
			return nil, s.problem(err)
		}
		out := &facetOutput{}
		out.Body.Facet, out.Body.Generation = res.Facets[0], res.Generation
		return out, nil
	})
}
