package httpapi

import (
	"container/list"
	"net/http"
	"sync"
	"time"

	"github.com/gin-gonic/gin"
)

const (
	// maxWriting is the most bytes of answers that wait in memory for clients to read
	// them. Beyond it the one that has waited longest is cut off: a client that does not
	// read must not take the memory, nor the turn, of others.
	maxWriting = 64 << 20
	// largeAnswer is the number of bytes from which a part of an answer counts; smaller
	// ones are with the operating system at once.
	largeAnswer = 16 << 10
)

// answers are the large parts of answers that are being written.
type answers struct {
	most int

	mu    sync.Mutex
	bytes int
	parts list.List // of *part, oldest first
}

type part struct {
	bytes  int
	cutOff func()
}

// begin notes a part and cuts off others for which there is no room beside it. The
// caller calls end when the part is written.
func (a *answers) begin(bytes int, cutOff func()) (end func()) {
	a.mu.Lock()
	defer a.mu.Unlock()
	for e := a.parts.Front(); e != nil && a.bytes+bytes > a.most; e = a.parts.Front() {
		a.remove(e)
		e.Value.(*part).cutOff()
	}
	e := a.parts.PushBack(&part{bytes, cutOff})
	a.bytes += bytes
	return func() {
		a.mu.Lock()
		defer a.mu.Unlock()
		if e.Value.(*part).bytes > 0 {
			a.remove(e)
		}
	}
}

// remove forgets a part. The caller holds a.mu.
func (a *answers) remove(e *list.Element) {
	p := e.Value.(*part)
	a.parts.Remove(e)
	a.bytes -= p.bytes
	p.bytes = 0
}

// bounded bounds the memory of what clients do not read.
func (a *answers) bounded(c *gin.Context) {
	c.Writer = answerWriter{c.Writer, a}
	c.Next()
}

type answerWriter struct {
	gin.ResponseWriter
	answers *answers
}

// Unwrap is for http.ResponseController.
func (w answerWriter) Unwrap() http.ResponseWriter { return w.ResponseWriter }

func (w answerWriter) Write(p []byte) (int, error) {
	if len(p) >= largeAnswer {
		control := http.NewResponseController(w.ResponseWriter)
		defer w.answers.begin(len(p), func() {
			_ = control.SetWriteDeadline(time.Unix(1, 0)) // the write under way fails
		})()
	}
	return w.ResponseWriter.Write(p)
}
