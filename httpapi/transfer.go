package httpapi

import (
	"fmt"
	"hash/fnv"
	"net/http"
	"slices"
	"strings"

	"github.com/gin-gonic/gin"
	"github.com/klauspost/compress/gzhttp"
)

// minCompressed is the number of bytes from which an answer is compressed: a smaller one
// fits into a packet as it is.
const minCompressed = 1 << 10

// transfer answers HEAD wherever GET is answered, and compresses texts with zstd or gzip
// for those who take them.
func transfer(h http.Handler) (http.Handler, error) {
	wrap, err := gzhttp.NewWrapper(gzhttp.MinSize(minCompressed))
	if err != nil {
		return nil, err
	}
	return wrap(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodHead {
			r = r.Clone(r.Context())
			r.Method = http.MethodGet // the server that reads the request leaves the body out
		}
		h.ServeHTTP(w, r)
	})), nil
}

// unchanging are the answers that depend on nothing but the request and the index, by
// the route as Gin has it.
var unchanging = []string{
	"/api/v1/search", "/api/v1/articles/:id", "/api/v1/incidents/:id", "/api/v1/incidents/:id/similar",
	"/api/v1/compare", "/api/v1/compare/selections", "/api/v1/suggest", "/api/v1/schema",
}

// tagged gives answers that depend on the index alone a tag of its state and of the
// request, and answers one who has it with 304, without a search. Other answers of the API
// are not to be kept.
func (s *server) tagged(c *gin.Context) {
	if !isAPI(c.Request.URL.Path) {
		return
	}
	if c.Request.Method != http.MethodGet || !slices.Contains(unchanging, c.FullPath()) {
		c.Header("Cache-Control", "no-store")
		return
	}
	state, err := s.Engine.State(c.Request.Context())
	if err != nil {
		return // the handler says so
	}
	h := fnv.New128a()
	fmt.Fprintf(h, "%s %s %d %q %q", s.Version, s.started, state, c.Request.URL.EscapedPath(), c.Request.URL.RawQuery)
	tag := fmt.Sprintf(`W/"%x"`, h.Sum(nil))
	c.Header("ETag", tag)
	c.Header("Cache-Control", "no-cache")
	if hasTag(c, tag) {
		c.Status(http.StatusNotModified)
		c.Abort()
	}
}

// hasTag reports whether a client has the answer with a tag, weakly compared.
func hasTag(c *gin.Context, tag string) bool {
	tag = strings.TrimPrefix(tag, "W/")
	for known := range strings.SplitSeq(c.GetHeader("If-None-Match"), ",") {
		if strings.TrimPrefix(strings.TrimSpace(known), "W/") == tag {
			return true
		}
	}
	return false
}

// untagged makes sure that nobody keeps a problem.
func untagged(c *gin.Context) {
	c.Writer.Header().Del("ETag")
	c.Header("Cache-Control", "no-store")
}
