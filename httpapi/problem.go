package httpapi

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humagin"
	"github.com/gin-gonic/gin"

	"incidex/search"
)

// Problem is the body of every error, as RFC 9457 has it.
type Problem struct {
	Type     string         `json:"type" format:"uri" example:"urn:incidex:problem:invalid-request" doc:"The kind of problem, the same for all of one status"`
	Title    string         `json:"title" example:"Bad Request" doc:"The kind of problem in words"`
	Status   int            `json:"status" example:"400" doc:"The status of the answer"`
	Detail   string         `json:"detail" example:"per_page 500: want 1 to 200" doc:"What to change in the request, in a sentence"`
	Instance string         `json:"instance" format:"uri" example:"urn:uuid:0b63a8e5-7d1c-4d3c-9a1c-0f1f8f0b2c11" doc:"This very problem: the log of the server has it with the same id, which X-Request-Id tells too"`
	Errors   []ProblemError `json:"errors" nullable:"false" doc:"The parts of the request that are to blame, none where no part is"`

	cause error // what the log is told
}

// ProblemError is a part of a request that is to blame.
type ProblemError struct {
	Location string `json:"location" example:"query.per_page" doc:"Where it is: query.NAME for a parameter, body or body.NAME for the body, path.NAME"`
	Message  string `json:"message" example:"want 1 to 200" doc:"What is wrong with it"`
	Position *int   `json:"position,omitempty" example:"17" doc:"The byte of the parameter's value, or of the body, from 0; absent where all of it is wrong"`
}

var _ huma.StatusError = (*Problem)(nil)

func (p *Problem) Error() string  { return p.Detail }
func (p *Problem) GetStatus() int { return p.Status }

// ContentType makes problems of the answers in JSON.
func (p *Problem) ContentType(string) string { return problemType }

const problemType = "application/problem+json"

// problemKinds end the types of problems, by status.
var problemKinds = map[int]string{
	http.StatusBadRequest:            "invalid-request",
	http.StatusUnauthorized:          "unauthorized",
	http.StatusForbidden:             "forbidden",
	http.StatusNotFound:              "not-found",
	http.StatusMethodNotAllowed:      "method-not-allowed",
	http.StatusNotAcceptable:         "not-acceptable",
	http.StatusConflict:              "busy",
	http.StatusRequestEntityTooLarge: "too-large",
	http.StatusUnsupportedMediaType:  "unsupported-media-type",
	http.StatusMisdirectedRequest:    "misdirected",
	http.StatusUnprocessableEntity:   "invalid-parameter",
	http.StatusTooManyRequests:       "too-many-requests",
	http.StatusServiceUnavailable:    "unavailable",
}

func problemURI(code int) string {
	kind, ok := problemKinds[code]
	if !ok {
		kind = "internal"
	}
	return "urn:incidex:problem:" + kind
}

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
		return strings.TrimPrefix(err.Error(), search.ErrInvalid.Error()+": ")
	case http.StatusServiceUnavailable:
		if errors.Is(err, search.ErrUnavailable) {
			return "the index cannot answer: it was removed, is damaged or is being closed; the log of the server says which"
		}
		return "the search took too long; try again, or narrow it"
	default:
		return "something went wrong on the server; its log says more"
	}
}

// problem makes the error of a handler.
func problem(err error) *Problem {
	p := &Problem{Status: status(err), Detail: sentence(err), cause: err}
	var part *search.RequestError
	if errors.As(err, &part) {
		p.Errors = []ProblemError{{Location: "query." + part.Part, Message: part.Text}}
	}
	return p
}

// problem makes the error of an API handler.
func (s *server) problem(err error) error { return problem(err) }

// transform completes the problems that typed handlers and their checks answer with.
func (s *server) transform(ctx huma.Context, _ string, v any) (any, error) {
	switch p := v.(type) {
	case *Problem:
		return s.refused(humagin.Unwrap(ctx), *p), nil
	case *huma.ErrorModel:
		out := Problem{Status: p.Status, Detail: p.Detail}
		for _, e := range p.Errors {
			if e != nil {
				out.Errors = append(out.Errors, problemError(e))
			}
		}
		if len(out.Errors) > 0 && out.Detail == "validation failed" {
			out.Detail = out.Errors[0].Message
			if at := out.Errors[0].Location; at != "" {
				out.Detail = at + ": " + out.Detail
			}
		}
		return s.refused(humagin.Unwrap(ctx), out), nil
	}
	return v, nil
}

// problemError is what a check of Huma's says, without the value, and with the place in
// a body that is no JSON.
func problemError(e *huma.ErrorDetail) ProblemError {
	out := ProblemError{Location: e.Location, Message: e.Message}
	if out.Location == "" {
		out.Location = "body"
	}
	var syntax *json.SyntaxError
	if body, ok := e.Value.(string); ok && e.Location == "body" && errors.As(json.NewDecoder(strings.NewReader(body)).Decode(new(any)), &syntax) {
		at := max(0, int(syntax.Offset)-1) // the offset counts the byte that is wrong
		out.Position = &at
	}
	return out
}

// refused completes a problem and logs it under the id that the caller is told.
func (s *server) refused(c *gin.Context, p Problem) *Problem {
	p.Type, p.Title, p.Instance = problemURI(p.Status), http.StatusText(p.Status), "urn:uuid:"+c.GetString(requestID)
	p.Errors = append([]ProblemError{}, p.Errors...)
	untagged(c)
	if p.Status == http.StatusUnauthorized {
		c.Header("WWW-Authenticate", "Bearer")
	}
	attrs := s.about(c, "status", p.Status, "detail", p.Detail, "instance", p.Instance)
	switch {
	case p.Status < http.StatusInternalServerError:
		s.Log.Warn("request refused", attrs...)
	case !errors.Is(c.Request.Context().Err(), context.Canceled): // otherwise nobody waits for it any more
		s.Log.Error("request failed", append(attrs, "error", p.cause)...)
	}
	return &p
}

// isAPI reports whether a path belongs to the JSON interface.
func isAPI(path string) bool { return strings.HasPrefix(path, "/api/") }

// asksHTML reports whether a person waits for the answer: browsers ask for HTML.
func asksHTML(c *gin.Context) bool {
	return !isAPI(c.Request.URL.Path) && strings.Contains(c.GetHeader("Accept"), "text/html")
}

// fail answers outside of typed handlers.
func (s *server) fail(c *gin.Context, code int, detail string, parts ...ProblemError) {
	s.answer(c, Problem{Status: code, Detail: detail, Errors: parts})
}

// answer answers with a problem: a page for a person.
func (s *server) answer(c *gin.Context, p Problem) {
	done := s.refused(c, p)
	if asksHTML(c) {
		s.errorPage(c, done)
		return
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	_ = enc.Encode(done) // texts and numbers: it cannot fail
	c.Data(done.Status, problemType, b.Bytes())
}

func (s *server) noRoute(c *gin.Context) {
	s.fail(c, http.StatusNotFound, "there is nothing at "+c.Request.URL.Path)
}

func (s *server) noMethod(c *gin.Context) {
	s.fail(c, http.StatusMethodNotAllowed, c.Request.Method+" is not allowed here")
}
