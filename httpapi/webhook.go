package httpapi

import (
	"net/http"
	"reflect"

	"github.com/danielgtaylor/huma/v2"

	"incidex/search/alert"
)

// describeAlerts says in the document what alerts send to the addresses of others.
func describeAlerts(api huma.API) {
	header := func(name, text string) *huma.Param {
		return &huma.Param{Name: name, In: "header", Required: true, Description: text, Schema: &huma.Schema{Type: huma.TypeString}}
	}
	doc := api.OpenAPI()
	body := huma.SchemaFromType(doc.Components.Schemas, reflect.TypeFor[alert.Message]())
	doc.Webhooks = map[string]*huma.PathItem{"alert": {Post: &huma.Operation{
		OperationID: "alert", Method: http.MethodPost, Summary: "Articles that a saved search finds in what a run of the index added or changed",
		Description: "What incidex alert add sends to an address. A message is tried again for three days until it is answered with a status from 200 to 299.",
		Parameters: []*huma.Param{
			header("webhook-id", "The id of the message, the same when it is tried again"),
			header("webhook-timestamp", "When it was sent, in seconds since 1970"),
			header("webhook-signature", "v1, a comma, and in base64 the HMAC-SHA256 under the secret of the alert of id, timestamp and body with periods between them, as Standard Webhooks has it"),
		},
		RequestBody: &huma.RequestBody{Required: true, Content: map[string]*huma.MediaType{"application/json": {Schema: body}}},
		Responses:   map[string]*huma.Response{"2XX": {Description: "It was taken"}},
	}}}
}
