package httpapi

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"incidex/search"
	"incidex/search/similar"
)

// similarInput has one parameter a weight; one that is not given keeps its default.
type similarInput struct {
	ID       string  `path:"id" maxLength:"400"`
	Limit    int     `query:"limit" minimum:"1" maximum:"100" default:"8"`
	Sector   float64 `query:"weight_sector" minimum:"0" maximum:"10" default:"0.3"`
	Attack   float64 `query:"weight_attack" minimum:"0" maximum:"10" default:"0.25"`
	Vector   float64 `query:"weight_vector" minimum:"0" maximum:"10" default:"0.1"`
	Actor    float64 `query:"weight_actor" minimum:"0" maximum:"10" default:"0.2"`
	DataType float64 `query:"weight_data_type" minimum:"0" maximum:"10" default:"0.2"`
	Country  float64 `query:"weight_country" minimum:"0" maximum:"10" default:"0.1"`
	Law      float64 `query:"weight_law" minimum:"0" maximum:"10" default:"0.05"`
	Size     float64 `query:"weight_size" minimum:"0" maximum:"10" default:"0.2"`
	Text     float64 `query:"weight_text" minimum:"0" maximum:"10" default:"0.3"`
}

func (in *similarInput) request() search.SimilarRequest {
	return search.SimilarRequest{ID: in.ID, Limit: in.Limit, Weights: &similar.Weights{
		Sector: in.Sector, Attack: in.Attack, Vector: in.Vector, Actor: in.Actor, DataType: in.DataType,
		Country: in.Country, Law: in.Law, Size: in.Size, Text: in.Text,
	}}
}

type similarOutput struct {
	Body struct {
		Incidents []search.Comparable `json:"incidents"`
	}
}

func (s *server) routeSimilar(api huma.API) {
	huma.Register(api, huma.Operation{
		OperationID: "similar-incidents", Method: http.MethodGet, Path: "/incidents/{id}/similar", Summary: "Comparable incidents, with the reasons",
	}, func(ctx context.Context, in *similarInput) (*similarOutput, error) {
		list, err := s.Engine.Similar(ctx, in.request())
		if err != nil {
			return nil, s.problem(err)
		}
		out := &similarOutput{}
		out.Body.Incidents = list
		return out, nil
	})
}
