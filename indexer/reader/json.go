package reader

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"incidex/data"
)

// readLines reads JSON Lines: an article a line. A bad line leaves the others good.
func readLines(s *source) {
	r := bufio.NewReaderSize(skipMark(s.r), maxOrderSample)
	s.learnOrder(r)
	for n := 1; ; n++ {
		line, long, err := readLine(r)
		switch {
		case err != nil && err != io.EOF:
			s.fail(n, "read: %v", err)
			return
		case long:
			if !s.fail(n, "the line has more than %d bytes", MaxItem) {
				return
			}
		case len(bytes.TrimSpace(line)) > 0:
			if !s.object(line, n) {
				return
			}
		}
		if err != nil {
			return
		}
	}
}

// readLine reads a line; of one that is too long it keeps nothing. The line is
// good until the next call.
func readLine(r *bufio.Reader) (line []byte, long bool, err error) {
	for {
		part, err := r.ReadSlice('\n')
		if err == nil && line == nil && !long {
			return part, false, nil
		}
		if long = long || len(line)+len(part) > MaxItem; long {
			line = nil
		} else {
			line = append(line, part...)
		}
		if !errors.Is(err, bufio.ErrBufferFull) {
			return line, long, err
		}
	}
}

// readJSON reads one object, an array of objects, or several of these one after
// the other. Reading ends at the first mistake of syntax.
func readJSON(s *source) {
	r := bufio.NewReaderSize(skipMark(s.r), maxOrderSample)
	s.learnOrder(r)
	budget := &limited{r: r, n: MaxItem}
	d := json.NewDecoder(budget)
	n, array := 0, false
	for {
		budget.n = MaxItem
		if !array {
			c, err := firstByte(d)
			if err == io.EOF {
				if n == 0 {
					s.fail(0, "the file is empty")
				}
				return
			}
			if err == nil && c == '[' {
				d.Token()
				array = true
				continue
			}
		} else if !d.More() {
			if _, err := d.Token(); err != nil {
				s.fail(n, "json: %v", err)
				return
			}
			array = false
			n = max(n, 1) // an empty array is no empty file
			continue
		}
		var raw json.RawMessage
		err := d.Decode(&raw)
		n++
		line := n
		if !array && n == 1 {
			line = 0
			if c, _ := firstByte(d); c != 0 {
				line = 1
			}
		}
		if err != nil {
			s.fail(line, "json: %v", err)
			return
		}
		if !s.object(raw, line) {
			return
		}
	}
}

// firstByte returns the first byte of the value ahead without reading it.
func firstByte(d *json.Decoder) (byte, error) {
	if !d.More() {
		if _, err := d.Token(); err != nil {
			return 0, err
		}
		return 0, errors.New("a bracket too many")
	}
	b, err := io.ReadAll(io.LimitReader(d.Buffered(), 1<<10))
	if b = bytes.TrimLeft(b, " \t\r\n,"); len(b) > 0 {
		return b[0], nil
	}
	return 0, err
}

// object yields the article of one object.
func (s *source) object(raw []byte, line int) bool {
	m, err := object(raw)
	if err != nil {
		return s.fail(line, "json: %v", err)
	}
	if list, publisher := envelope(m); list != nil {
		return s.members(list, publisher, line)
	}
	return s.emit(s.jsonEntry(m, ""), line)
}

// jsonEntry makes an article of an object. One without a text is its summary, else its
// title.
func (s *source) jsonEntry(m map[string]any, publisher string) entry {
	e := entry{article: data.Article{Publisher: publisher}}
	if text, ok := m["content_html"].(string); ok {
		m["content_html"] = fragmentText(s.ctx, text)
	}
	fields := s.listed(m)
	e.set(m, s.opts)
	if e.article.Text == "" {
		e.article.Text = e.summary
	}
	if fields != "" && escapedTag.MatchString(e.article.Text) {
		e.article.Text = fragmentText(s.ctx, e.article.Text)
	}
	if e.article.Text == "" && fields != "" {
		e.article.Text = fields
		e.article.Tags = append(e.article.Tags, listEntry)
	}
	if e.article.Text == "" {
		e.article.Text = e.article.Title
	}
	if fields != "" && e.article.Title == "" {
		e.article.Title = victim(e.article.Given)
	}
	return e
}

// envelopes are the keys under which feeds and services have a list of articles.
var envelopes = []string{"items", "articles", "results", "data", "entries", "posts", "docs", "documents", "hits", "stories", "news", "records", "value", "incidents", "breaches"}

// envelope returns the list that an object is there for, nil where it is an article of
// its own, and who publishes it: a JSON Feed has its title.
func envelope(m map[string]any) (list []any, publisher string) {
	for _, key := range []string{"text", "body", "content"} {
		if s, ok := m[key].(string); ok && s != "" {
			return nil, ""
		}
	}
	for _, key := range envelopes {
		v := m[key]
		if inner, ok := v.(map[string]any); ok && key != "items" { // {"data": {"items": []}}
			if list, publisher := envelope(inner); list != nil {
				return list, publisher
			}
		}
		l, ok := v.([]any)
		if !ok || len(l) == 0 {
			continue
		}
		if _, ok := l[0].(map[string]any); !ok {
			continue
		}
		if version, _ := m["version"].(string); strings.Contains(version, "jsonfeed.org") {
			title, _ := m["title"].(string)
			publisher = cut(cleanLine(title), maxTitle)
		}
		return l, publisher
	}
	return nil, ""
}

// members yields the articles of a list in an object, numbered from 1. Where there are
// several such objects, they go on from the object's own number.
func (s *source) members(list []any, publisher string, line int) bool {
	for i, v := range list {
		m, ok := v.(map[string]any)
		if !ok {
			if !s.fail(line+i+1, "json: want an object") {
				return false
			}
			continue
		}
		if inner, ok := m["_source"].(map[string]any); ok { // of a search engine
			m = inner
		}
		if !s.emit(s.jsonEntry(m, publisher), line+i+1) {
			return false
		}
	}
	return true
}

// object reads a JSON object, with numbers as they are written.
func object(raw []byte) (map[string]any, error) {
	if !utf8.Valid(raw) {
		raw = []byte(repair(string(raw)))
	}
	d := json.NewDecoder(bytes.NewReader(raw))
	d.UseNumber()
	var v any
	if err := d.Decode(&v); err != nil {
		return nil, err
	}
	if _, err := d.Token(); err != io.EOF {
		return nil, errors.New("something stands behind the object")
	}
	m, ok := v.(map[string]any)
	if !ok {
		return nil, fmt.Errorf("want an object")
	}
	return m, nil
}
