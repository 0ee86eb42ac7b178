package httpapi

import (
	"encoding/xml"
	"io"
	"net/http"

	"github.com/gin-gonic/gin"
)

// openSearchPath is where browsers learn how to search here; the pages name it.
const openSearchPath = "/opensearch.xml"

const openSearchType = "application/opensearchdescription+xml; charset=utf-8"

type openSearchURL struct {
	Type     string `xml:"type,attr"`
	Template string `xml:"template,attr"`
}

type openSearchDoc struct {
	XMLName     xml.Name        `xml:"http://a9.com/-/spec/opensearch/1.1/ OpenSearchDescription"`
	ShortName   string          `xml:"ShortName"`
	Description string          `xml:"Description"`
	Encoding    string          `xml:"InputEncoding"`
	URLs        []openSearchURL `xml:"Url"`
}

// openSearch describes the search as OpenSearch 1.1 has it: addresses of the page, of the
// feed and of the API. They must be whole, so they bear the name that was asked for.
func (s *server) openSearch(c *gin.Context) error {
	base := baseURL(c)
	doc := openSearchDoc{
		ShortName: "incidex", Description: "Articles on data breaches and cyber incidents", Encoding: "UTF-8",
		URLs: []openSearchURL{
			{"text/html", base + "/?q={searchTerms}"},
			{"application/atom+xml", base + "/feed.atom?q={searchTerms}"},
			{"application/json", base + "/api/v1/search?q={searchTerms}"},
		},
	}
	return write(c, http.StatusOK, openSearchType, func(w io.Writer) error {
		if _, err := io.WriteString(w, xml.Header); err != nil {
			return err
		}
		return xml.NewEncoder(w).Encode(doc)
	})
}
