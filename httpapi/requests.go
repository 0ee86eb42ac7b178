package httpapi

import (
	"time"

	"github.com/gin-gonic/gin"
	"github.com/google/uuid"
)

// requestID is the header that tells the id of a request, and its name in the log.
const requestID = "X-Request-Id"

// logged gives each request an id, and at the level of debugging writes a line about it
// when it is answered. The line has no query: what people search for is their own affair.
func (s *server) logged(c *gin.Context) {
	id, begin := uuid.NewString(), time.Now()
	c.Set(requestID, id)
	c.Header(requestID, id)
	defer func() { // also of an answer that is cut off
		s.Log.DebugContext(c.Request.Context(), "request", s.about(c,
			"status", c.Writer.Status(), "bytes", max(0, c.Writer.Size()), "ms", time.Since(begin).Milliseconds())...)
	}()
	c.Next()
}

// about is what every line of the log says of a request, before the rest.
func (s *server) about(c *gin.Context, rest ...any) []any {
	out := []any{"request", c.GetString(requestID), "method", c.Request.Method, "path", c.Request.URL.Path, "client", c.ClientIP()}
	if user := s.user(c.Request); user != "" {
		out = append(out, "user", user)
	}
	return append(out, rest...)
}
