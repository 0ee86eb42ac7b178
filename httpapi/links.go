package httpapi

import (
	"net/url"
	"strconv"
	"strings"
)

// pageLinks are the first page of a search, the one before and the next one, as RFC 8288
// has them in the header Link. Next is that of the answer, "" on the last page.
func pageLinks(at url.URL, page int, next string) string {
	var out []string
	add := func(relation, name, value string) {
		q := at.Query()
		q.Del("page")
		q.Del("after")
		if value != "" {
			q.Set(name, value)
		}
		to := url.URL{Path: at.Path, RawQuery: q.Encode()}
		out = append(out, "<"+to.String()+`>; rel="`+relation+`"`)
	}
	add("first", "", "")
	if page > 1 {
		add("prev", "page", strconv.Itoa(page-1))
	}
	if next != "" {
		add("next", "after", next)
	}
	return strings.Join(out, ", ")
}
