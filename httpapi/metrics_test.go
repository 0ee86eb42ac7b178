package httpapi

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/gin-gonic/gin"
)

// Every request has an outcome, also one whose answer ended early.
func TestOutcomes(t *testing.T) {
	s := &server{latency: newLatency()}
	gin.SetMode(gin.ReleaseMode)
	r := gin.New()
	r.Use(s.measured)
	r.GET("/ok", func(c *gin.Context) { c.Status(http.StatusNotModified) })
	r.GET("/bad", func(c *gin.Context) { c.Status(http.StatusBadRequest) })
	r.GET("/down", func(c *gin.Context) { c.Status(http.StatusServiceUnavailable) })
	r.GET("/cut", func(*gin.Context) { panic(http.ErrAbortHandler) })
	for _, path := range []string{"/ok", "/bad", "/down", "/cut"} {
		func() {
			defer func() { _ = recover() }() // as net/http does
			r.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest(http.MethodGet, path, nil))
		}()
	}
	for path, outcome := range map[string]string{"/ok": outcomeOK, "/bad": outcomeRefused, "/down": outcomeFailed, "/cut": outcomeBroken} {
		if !s.latency.DeleteLabelValues(path, outcome) {
			t.Errorf("%s is not %s", path, outcome)
		}
	}
}
