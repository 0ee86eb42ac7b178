package httpapi

import (
	"bufio"
	"encoding/json"
	"net/http"
	"strings"
	"time"

	"github.com/gin-gonic/gin"
)

const (
	// streamTime is how long a client may take to read a part of a stream.
	streamTime = 30 * time.Second
	// streamPart is the number of bytes of such a part.
	streamPart = 64 << 10
)

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

// newStream begins an answer of a media type that may take long.
func newStream(c *gin.Context, mediaType string) *bufio.Writer {
	c.Header("Content-Type", mediaType)
	c.Header("Cache-Control", "no-store")
	return bufio.NewWriterSize(partWriter{c.Writer}, streamPart)
}

// lineWriter answers with one JSON value a line.
type lineWriter struct {
	*json.Encoder
	out *bufio.Writer
}

func newLineWriter(c *gin.Context) lineWriter {
	out := newStream(c, "application/x-ndjson")
	enc := json.NewEncoder(out)
	enc.SetEscapeHTML(false)
	return lineWriter{enc, out}
}

// endLines ends an answer in lines.
func (s *server) endLines(c *gin.Context, w lineWriter, err error) { s.endStream(c, w.out, err) }

// endStream ends an answer. An error is its problem, or cuts off an answer that was
// begun, so that nobody takes it for a whole one.
func (s *server) endStream(c *gin.Context, w *bufio.Writer, err error) {
	if err == nil {
		err = w.Flush()
	}
	if err == nil {
		return
	}
	if c.Writer.Written() {
		s.refused(c, *problem(err))
		panic(http.ErrAbortHandler)
	}
	c.Writer.Header().Del("Content-Type")
	c.Writer.Header().Del("Content-Disposition")
	s.answer(c, *problem(err))
}
