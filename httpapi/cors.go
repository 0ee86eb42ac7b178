package httpapi

import (
	"net/http"
	"slices"
	"strings"

	"github.com/gin-gonic/gin"
)

// exposed are the headers that scripts of other sites may read.
var exposed = strings.Join([]string{"ETag", "Link", requestID, HeaderQuery, HeaderGeneration, HeaderExported, HeaderRows}, ", ")

// crossOrigin lets pages of the origins in Options.Origins read what anybody may read.
// Their scripts send no tokens, so nothing is changed by them.
func (s *server) crossOrigin(c *gin.Context) {
	if len(s.Origins) == 0 {
		return
	}
	c.Writer.Header().Add("Vary", "Origin")
	origin := c.GetHeader("Origin")
	any := slices.Contains(s.Origins, "*")
	if origin == "" || !any && !slices.Contains(s.Origins, origin) {
		return
	}
	if any {
		origin = "*"
	}
	c.Header("Access-Control-Allow-Origin", origin)
	c.Header("Access-Control-Expose-Headers", exposed)
	if c.Request.Method == http.MethodOptions && c.GetHeader("Access-Control-Request-Method") != "" {
		c.Header("Access-Control-Allow-Methods", "GET, HEAD")
		c.Header("Access-Control-Allow-Headers", "If-None-Match")
		c.Header("Access-Control-Max-Age", "600")
		c.AbortWithStatus(http.StatusNoContent)
	}
}
