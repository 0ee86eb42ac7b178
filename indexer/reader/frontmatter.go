package reader

import (
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"time"

	"github.com/goccy/go-yaml"
	"github.com/pelletier/go-toml/v2"
)

// The limits of front matter. Reading YAML takes time that grows with the square of
// the depth.
const (
	maxYAML      = 64 << 10 // bytes
	maxYAMLOpens = 500      // brackets, braces and nested list marks
)

var (
	yamlMark = regexp.MustCompile(`^---[ \t]*(yaml|json|toml)?[ \t]*\n`)
	yamlEnd  = regexp.MustCompile(`(?m)^(?:---|\.\.\.)[ \t]*(?:\n|\z)`)
	tomlMark = regexp.MustCompile(`^\+\+\+[ \t]*\n`)
	tomlEnd  = regexp.MustCompile(`(?m)^\+\+\+[ \t]*(?:\n|\z)`)
	jsonMark = regexp.MustCompile(`^\{\s*(?:"|\})`)
)

// cutFrontMatter reads what stands before the text of a file: YAML between lines of
// three dashes, TOML between lines of three plus signs, or an object of JSON. The
// body is what is left. What cannot be read is left out all the same, with an error.
func cutFrontMatter(s string) (front map[string]any, body string, err error) {
	start := strings.TrimLeft(s, "\ufeff \n")
	if m := yamlMark.FindStringSubmatch(start); m != nil {
		rest := start[len(m[0]):]
		if end := yamlEnd.FindStringIndex(rest); end != nil {
			front, err = parseFront(m[1], rest[:end[0]])
			return front, rest[end[1]:], err
		}
	}
	if m := tomlMark.FindString(start); m != "" {
		rest := start[len(m):]
		if end := tomlEnd.FindStringIndex(rest); end != nil {
			front, err = parseFront("toml", rest[:end[0]])
			return front, rest[end[1]:], err
		}
	}
	if jsonMark.MatchString(start) {
		d := json.NewDecoder(strings.NewReader(start))
		var raw json.RawMessage
		if d.Decode(&raw) == nil {
			front, err = parseFront("json", string(raw))
			return front, start[d.InputOffset():], err
		}
	}
	return nil, s, nil
}

// parseFront reads an object in a language of front matter, YAML unless it says
// otherwise. What stands in the tables that site makers have for keys of their users
// counts where the object itself does not have the key.
func parseFront(language, s string) (m map[string]any, err error) {
	switch language {
	case "toml":
		m, err = parseTOML(s)
	case "json":
		m, err = object([]byte(s))
	default:
		m, err = parseYAML(s)
	}
	for _, name := range []string{"params", "extra", "taxonomies"} {
		inner, _ := m[name].(map[string]any)
		for k, v := range inner {
			if _, ok := m[k]; !ok {
				m[k] = v
			}
		}
		if inner != nil {
			delete(m, name)
		}
	}
	return m, err
}

func parseTOML(s string) (map[string]any, error) {
	if len(s) > maxYAML {
		return nil, fmt.Errorf("toml has more than %d bytes", maxYAML)
	}
	if strings.Count(s, "[")+strings.Count(s, "{")+strings.Count(s, ".") > 10*maxYAMLOpens {
		return nil, errors.New("toml is nested too deep")
	}
	var m map[string]any
	if err := safely(func() error { return toml.Unmarshal([]byte(s), &m) }); err != nil {
		return nil, fmt.Errorf("toml: %s", shorten(err.Error()))
	}
	return plainValue(m).(map[string]any), nil
}

// plainValue makes texts of the dates of TOML.
func plainValue(v any) any {
	switch v := v.(type) {
	case map[string]any:
		for k, x := range v {
			v[k] = plainValue(x)
		}
	case []any:
		for i, x := range v {
			v[i] = plainValue(x)
		}
	case time.Time:
		return v.Format(time.RFC3339)
	case toml.LocalDate, toml.LocalDateTime, toml.LocalTime:
		return fmt.Sprint(v)
	}
	return v
}

// parseYAML reads an object. Values with a colon that should have been quoted,
// as titles often have, are read all the same.
func parseYAML(s string) (map[string]any, error) {
	if len(s) > maxYAML {
		return nil, fmt.Errorf("yaml has more than %d bytes", maxYAML)
	}
	if strings.Count(s, "[")+strings.Count(s, "{")+strings.Count(s, "- -") > maxYAMLOpens {
		return nil, errors.New("yaml is nested too deep")
	}
	var m map[string]any
	err := safely(func() error { return yaml.Unmarshal([]byte(s), &m) })
	if err == nil {
		return m, nil
	}
	m = nil
	if quoted := quoteScalars(s); safely(func() error { return yaml.Unmarshal([]byte(quoted), &m) }) == nil {
		return m, nil
	}
	first, _, _ := strings.Cut(err.Error(), "\n")
	return nil, fmt.Errorf("yaml: %s", shorten(first))
}

var plainScalar = regexp.MustCompile(`(?m)^(\s*[\w -]+:[ \t]+)([^\s"'\[{|>&*!#].*)$`)

// quoteScalars quotes the values of all keys that are neither quoted nor lists.
func quoteScalars(s string) string {
	return plainScalar.ReplaceAllStringFunc(s, func(line string) string {
		m := plainScalar.FindStringSubmatch(line)
		return m[1] + "'" + strings.ReplaceAll(strings.TrimSpace(m[2]), "'", "''") + "'"
	})
}
