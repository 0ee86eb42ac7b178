package httpapi

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"incidex/data"
)

type articleInput struct {
	OffsetsInput
	ID string `path:"id" maxLength:"400" example:"kering-2025-1" doc:"The id of the article"`
}

type articleOutput struct{ Body articleBody }

// articleBody is an article without the places on this machine that it was read from.
type articleBody struct {
	data.Article
	Mentions []data.Mention `json:"incidents" doc:"What the article says about each incident, its subject first"`
}

func (s *server) routeArticles(api huma.API) {
	huma.Register(api, huma.Operation{
		OperationID: "get-article", Method: http.MethodGet, Path: "/articles/{id}", Summary: "An article with its claims and their evidence",
	}, func(ctx context.Context, in *articleInput) (*articleOutput, error) {
		d, err := s.Engine.Article(in.in(ctx), in.ID)
		if err != nil {
			return nil, s.problem(err)
		}
		return &articleOutput{Body: articleBody{d.Article, append([]data.Mention{}, d.Mentions...)}}, nil
	})
}
