package httpapi

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/gin-gonic/gin"

	"incidex/search"
)

// status maps the kinds of errors to HTTP statuses.
func status(err error) int {
	switch {
	case errors.Is(err, search.ErrInvalid):
		return http.StatusBadRequest
	case errors.Is(err, search.ErrNotFound):
		return http.StatusNotFound
	case errors.Is(err, ErrForbidden):
		return http.StatusForbidden
	case errors.Is(err, ErrBusy):
		return http.StatusConflict
	case errors.Is(err, search.ErrUnavailable), errors.Is(err, context.DeadlineExceeded), errors.Is(err, context.Canceled):
		return http.StatusServiceUnavailable
	default:
		return http.StatusInternalServerError
	}
}

// sentence is what a person is told of an error: all of it when the request is to
// blame, and nothing of the inside otherwise.
func sentence(err error) string {
	switch status(err) {
	case http.StatusBadRequest, http.StatusNotFound, http.StatusForbidden, http.StatusConflict:
		return err.Error()
	case http.StatusServiceUnavailable:
		if errors.Is(err, search.ErrUnavailable) {
			return "the index cannot answer: it was removed, is damaged or is being closed; the log of the server says which"
		}
		return "the search took too long; try again, or narrow it"
	default:
		return "something went wrong on the server; its log says more"
	}
}

// problem makes the error of an API handler, and logs what the caller is not told.
func (s *server) problem(err error) error {
	code := status(err)
	if code >= http.StatusInternalServerError && !left(err) {
		s.Log.Error("request failed", "error", err)
	}
	return huma.NewError(code, sentence(err))
}

// left reports whether the one who asked has left, which is no failure.
func left(err error) bool { return errors.Is(err, context.Canceled) }

// isAPI reports whether a path belongs to the JSON interface.
func isAPI(path string) bool { return strings.HasPrefix(path, "/api/") }

// fail answers outside of typed handlers.
func (s *server) fail(c *gin.Context, code int, detail string) {
	if !isAPI(c.Request.URL.Path) {
		s.errorPage(c, code, detail)
		return
	}
	body, err := json.Marshal(huma.ErrorModel{Title: http.StatusText(code), Status: code, Detail: detail})
	if err != nil {
		body = []byte("{}")
	}
	c.Data(code, "application/problem+json", body)
}

func (s *server) noRoute(c *gin.Context) {
	s.fail(c, http.StatusNotFound, "there is nothing at "+c.Request.URL.Path)
}

func (s *server) noMethod(c *gin.Context) {
	s.fail(c, http.StatusMethodNotAllowed, c.Request.Method+" is not allowed here")
}
