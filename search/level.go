package search

import (
	"context"

	"incidex/search/query"
)

// levelReach is how many articles are looked at for one incident of a page at
// first; where they are on fewer incidents, as many times more.
const levelReach = 4

// findIncidents finds the best article of each incident. Articles that are about
// none are left out.
func findIncidents(snap Snapshot, ctx context.Context, plan Plan) (*Matches, error) {
	from, to := plan.Offset, plan.Offset+plan.Limit
	plan.Offset = 0
	for plan.Limit = levelReach * to; ; plan.Limit *= levelReach {
		found, err := snap.Search(ctx, plan)
		if err != nil {
			return nil, err
		}
		all := len(found.Hits) < plan.Limit
		found.Hits = bestOfIncidents(found.Hits)
		if n := len(found.Hits); n >= to || all {
			found.Hits = found.Hits[min(from, n):min(to, n)]
			return found, nil
		}
	}
}

// bestOfIncidents keeps the first match of each incident.
func bestOfIncidents(list []Match) []Match {
	seen := map[string]bool{"": true}
	var out []Match
	for _, m := range list {
		if !seen[m.Incident] {
			seen[m.Incident] = true
			out = append(out, m)
		}
	}
	return out
}

// atLevel adds the level of a query to another one.
func atLevel(text string, level query.Level) string {
	if text == "" || level == "" {
		return text
	}
	return text + " level:" + string(level)
}
