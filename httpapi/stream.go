package httpapi

import (
	"bufio"
	"encoding/json"
	"net/http"
	"strings"
	"time"

	"github.com/gin-gonic/gin"
)

// streamTime is how long a client may take to read a part of a stream.
const streamTime = 30 * time.Second

// isStream reports whether an answer takes as long as what it tells of.
func isStream(path string) bool {
	return strings.HasSuffix(path, "/events") || path == exportPath || path == dryRunPath || path == backupPath
}

// partWriter writes the parts of a stream, each of which the client must take in
// streamTime; all of them may take longer than another answer.
type partWriter struct{ gin.ResponseWriter }

func (w partWriter) Write(p []byte) (int, error) {
	_ = http.NewResponseController(w.ResponseWriter).SetWriteDeadline(time.Now().Add(streamTime)) // without it that of the server holds
	n, err := w.ResponseWriter.Write(p)
	w.Flush()
	return n, err
}

// lineWriter answers with one JSON value a line.
type lineWriter struct {
	*json.Encoder
	out *bufio.Writer
}

func newLineWriter(c *gin.Context) lineWriter {
	c.Header("Content-Type", "application/x-ndjson")
	c.Header("Cache-Control", "no-store")
	out := bufio.NewWriter(partWriter{c.Writer})
	enc := json.NewEncoder(out)
	enc.SetEscapeHTML(false)
	return lineWriter{enc, out}
}

// endLines ends an answer. An error is its problem, or cuts off an answer that was
// begun, so that nobody takes it for a whole one.
func (s *server) endLines(c *gin.Context, w lineWriter, err error) {
	if err == nil {
		err = w.out.Flush()
	}
	if err == nil {
		return
	}
	if c.Writer.Written() {
		s.refused(c, *problem(err))
		panic(http.ErrAbortHandler)
	}
	c.Writer.Header().Del("Content-Type")
	s.answer(c, *problem(err))
}
