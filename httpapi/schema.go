package httpapi

import (
	"context"
	"net/http"
	"sync"

	"github.com/danielgtaylor/huma/v2"

	"incidex/search"
)

type schemaOutput struct{ Body search.Schema }

func (s *server) routeSchema(api huma.API) {
	schema := sync.OnceValue(search.NewSchema)
	huma.Register(api, huma.Operation{
		OperationID: "get-schema", Method: http.MethodGet, Path: "/schema", Summary: "The fields, their kinds and units, and the closed lists of values",
		Description: "The same for every index of this version of the program.",
	}, func(context.Context, *struct{}) (*schemaOutput, error) {
		return &schemaOutput{schema()}, nil
	})
}
