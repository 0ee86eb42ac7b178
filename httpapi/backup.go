package httpapi

import (
	"encoding/json"
	"fmt"
	"net/http"
	"reflect"

	"github.com/danielgtaylor/huma/v2"
	"github.com/gin-gonic/gin"

	"incidex/search"
)

const backupPath = "/api/v1/backup"

// BackupRequest says where a backup is made.
type BackupRequest struct {
	Dir string `json:"dir" doc:"Absolute path of a folder that is not there yet"`
}

func (s *server) routeBackup(r *gin.Engine, api huma.API) {
	if s.Backup == nil {
		return
	}
	r.POST(backupPath, s.backup)
	body := huma.SchemaFromType(api.OpenAPI().Components.Schemas, reflect.TypeFor[BackupRequest]())
	api.OpenAPI().AddOperation(&huma.Operation{
		OperationID: "backup", Method: http.MethodPost, Path: backupPath, Summary: "Copy the index to another folder while it is used",
		Security:    forOwner,
		Description: "For the owner of the index alone, whose token incidex backup finds by itself.",
		RequestBody: &huma.RequestBody{Required: true, Content: map[string]*huma.MediaType{"application/json": {Schema: body}}},
		Responses:   map[string]*huma.Response{"200": {Description: "A line with what was copied", Content: map[string]*huma.MediaType{"application/x-ndjson": {}}}},
	})
}

// backup takes as long as copying does.
func (s *server) backup(c *gin.Context) {
	if s.authorize(c.GetHeader("Authorization")) != owner {
		s.fail(c, http.StatusUnauthorized, "this is for the owner of the index alone: run incidex backup as that user")
		return
	}
	w := newLineWriter(c)
	var o BackupRequest
	err := json.NewDecoder(http.MaxBytesReader(c.Writer, c.Request.Body, maxRunOptions)).Decode(&o)
	if err != nil {
		s.endLines(c, w, fmt.Errorf("%w: where to back up to: %w", search.ErrInvalid, err))
		return
	}
	made, err := s.Backup(o.Dir)
	if err == nil {
		err = w.Encode(made)
	}
	s.endLines(c, w, err)
}
