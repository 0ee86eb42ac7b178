package httpapi

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"incidex/search"
)

type suggestInput struct {
	Q     string `query:"q" maxLength:"2000" example:"hosp" doc:"What was typed so far; more than 100 bytes are not completed"`
	Limit int    `query:"limit" minimum:"1" maximum:"50" default:"8" example:"5" doc:"The most suggestions"`
}

type suggestOutput struct {
	Body struct {
		Suggestions []search.Suggestion `json:"suggestions"`
	}
}

func (s *server) routeSuggest(api huma.API) {
	huma.Register(api, huma.Operation{
		OperationID: "suggest", Method: http.MethodGet, Path: "/suggest", Summary: "What completes the words typed so far",
	}, func(ctx context.Context, in *suggestInput) (*suggestOutput, error) {
		list, err := s.Engine.Suggest(ctx, in.Q, in.Limit)
		if err != nil {
			return nil, s.problem(err)
		}
		out := &suggestOutput{}
		out.Body.Suggestions = append([]search.Suggestion{}, list...)
		return out, nil
	})
}
