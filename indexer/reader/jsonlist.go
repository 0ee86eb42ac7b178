package reader

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// telling are the keys of which an object of a list of incidents has two at least. A
// company or a place alone may be anybody's.
var telling = []string{"records", "occurred", "attack", "data_type"}

// listed takes the foreign keys of an object for ours where it is one of a list of
// incidents, as collectors of breaches have them, and notes that once a file. It returns
// the fields as text, for an object that has none.
func (s *source) listed(m map[string]any) string {
	taken, found := map[string]bool{}, map[string]string{}
	for name := range m {
		if k, ok := s.opts.ours(name); ok {
			taken[k.name] = true
		}
	}
	for rank := range 2 {
		for _, name := range slices.Sorted(maps.Keys(m)) {
			c, ok := columns[columnKey(name)]
			if _, ours := s.opts.ours(name); ours || !ok || c.rank != rank || taken[c.key] || !readableAny(c.key, m[name]) {
				continue
			}
			taken[c.key], found[name] = true, c.key
		}
	}
	count := 0
	for _, key := range telling {
		if taken[key] {
			count++
		}
	}
	if count < 2 || len(found) == 0 {
		return ""
	}
	var told, fields []string
	for _, name := range slices.Sorted(maps.Keys(m)) {
		if text, ok := scalar(m[name]); ok && strings.TrimSpace(text) != "" {
			fields = append(fields, name+": "+cleanLine(fragmentText(s.ctx, text)))
		}
	}
	for _, name := range slices.Sorted(maps.Keys(found)) {
		m[found[name]] = m[name]
		delete(m, name)
		told = append(told, name+"="+found[name])
	}
	if !s.told {
		s.told = true
		s.note(0, fmt.Sprintf("keys are taken as %s; --map takes them otherwise", strings.Join(told, ", ")))
	}
	return strings.Join(fields, "\n")
}

// readableAny is readable for a value of JSON, which may be a list of texts.
func readableAny(key string, v any) bool {
	if list, ok := v.([]any); ok {
		return key == "data_type" && len(list) > 0 && slices.ContainsFunc(list, func(x any) bool { return readableAny(key, x) })
	}
	text, ok := scalar(v)
	return ok && text != "" && readable(key, text)
}
