package httpapi

import (
	"strconv"

	"incidex/search"
)

// Limit is something of which a server allows so much.
type Limit struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// Limits are what bounds a server, for a person who wonders why it refuses.
func Limits() []Limit {
	mb := func(bytes int) string { return strconv.Itoa(bytes>>20) + " MB" }
	return []Limit{
		{"time for a request", requestTime.String()},
		{"connections at once", strconv.Itoa(maxConnections)},
		{"answers waiting to be read", mb(maxWriting)},
		{"exports at once", strconv.Itoa(maxExports)},
		{"characters of a query", strconv.Itoa(maxQuery)},
		{"articles on a page", strconv.Itoa(search.MaxPerPage)},
		{"rank of the last hit of a page", strconv.Itoa(search.MaxOffset)},
		{"filters of a search", strconv.Itoa(search.MaxFilters)},
		{"clients whose rate is kept", strconv.Itoa(maxClients)},
	}
}
