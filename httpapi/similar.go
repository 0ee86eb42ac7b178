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
	ID       string  `path:"id" maxLength:"400" example:"kering-2025" doc:"The id of the incident"`
	Limit    int     `query:"limit" minimum:"1" maximum:"100" default:"8" example:"5" doc:"The most incidents"`
	Sector   float64 `query:"weight_sector" minimum:"0" maximum:"10" default:"0.3" example:"1" doc:"How much the same sectors count"`
	Attack   float64 `query:"weight_attack" minimum:"0" maximum:"10" default:"0.25" example:"1" doc:"How much the same attacks count"`
	Vector   float64 `query:"weight_vector" minimum:"0" maximum:"10" default:"0.1" example:"1" doc:"How much the same vectors count"`
	Actor    float64 `query:"weight_actor" minimum:"0" maximum:"10" default:"0.2" example:"1" doc:"How much the same actors count"`
	DataType float64 `query:"weight_data_type" minimum:"0" maximum:"10" default:"0.2" example:"1" doc:"How much the same kinds of data count"`
	Country  float64 `query:"weight_country" minimum:"0" maximum:"10" default:"0.1" example:"1" doc:"How much the same countries count"`
	Law      float64 `query:"weight_law" minimum:"0" maximum:"10" default:"0.05" example:"1" doc:"How much the same laws count"`
	Size     float64 `query:"weight_size" minimum:"0" maximum:"10" default:"0.2" example:"1" doc:"How much a number of records of the same order counts"`
	Text     float64 `query:"weight_text" minimum:"0" maximum:"10" default:"0.3" example:"1" doc:"How much texts with the same rare words count"`
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
