package httpapi

import (
	"fmt"
	"net/http"
	"strings"

	"github.com/gin-gonic/gin"
)

// routeMetrics routes the figures of the server, in Prometheus's text format.
func (s *server) routeMetrics(r *gin.Engine) {
	r.GET("/metrics", func(c *gin.Context) {
		kept := s.Engine.Kept()
		var b strings.Builder
		for _, m := range []struct {
			name, kind, help string
			value            int64
		}{
			{"incidex_search_cache_hits_total", "counter", "Searches that were answered from the cache.", kept.Hits},
			{"incidex_search_cache_misses_total", "counter", "Searches that were not.", kept.Misses},
			{"incidex_search_cache_entries", "gauge", "Answers in the cache.", int64(kept.Entries)},
			{"incidex_search_cache_bytes", "gauge", "About how much memory they take.", int64(kept.Bytes)},
			{"incidex_search_cache_limit_bytes", "gauge", "The most that they may take.", int64(kept.Limit)},
		} {
			fmt.Fprintf(&b, "# HELP %s %s\n# TYPE %s %s\n%s %d\n", m.name, m.help, m.name, m.kind, m.name, m.value)
		}
		c.Data(http.StatusOK, "text/plain; version=0.0.4; charset=utf-8", []byte(b.String()))
	})
}
