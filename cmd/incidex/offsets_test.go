package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
	"unicode/utf16"
)

// Offsets count bytes, or with offsets=utf16 what JavaScript counts: the quotes and marks
// of all answers are the text between them, whatever signs stand before.
func TestOffsets(t *testing.T) {
	server, folder := apiServer(t)
	for name, text := range map[string]string{
		"a.md": "---\ntitle: 🔒 Café Zoë hacked\nvictim: Acme\n---\n“🔒🔑” – so read the note. Café Zoë said on 3 May 2024 that hackers stole the email addresses of 12,000 customers – “naïve” 🙈 – in a ransomware attack.\n",
		"b.md": "---\ntitle: Hôtel Ås hacked\nvictim: Zeta\n---\nÅs 🏨: Hôtel Ås said that hackers stole the names of 3,400 guests in a ransomware attack in 2023.\n",
	} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	admin := map[string]string{"Authorization": "Bearer " + testAdmin}
	ask(t, server.URL, "POST", "index-runs", "{}", admin)
	ask(t, server.URL, "GET", "index-runs/1/events", "", admin) // until it ends
	bytes := func(text string, start, end int) string { return text[start:end] }
	units := func(text string, start, end int) string {
		return string(utf16.Decode(utf16.Encode([]rune(text))[start:end]))
	}
	for offsets, cut := range map[string]func(string, int, int) string{"": bytes, "&offsets=utf8": bytes, "&offsets=utf16": units} {
		var found any
		read := func(path string) any {
			t.Helper()
			_, body := ask(t, server.URL, "GET", path+offsets, "", nil)
			var out any
			if err := json.Unmarshal([]byte(body), &out); err != nil {
				t.Fatal(err)
			}
			return out
		}
		found = read("search?q=%F0%9F%94%92+customers+recrods:5")
		problem := found.(map[string]any)["problems"].([]any)[0].(map[string]any)
		if got := cut("🔒 customers recrods:5", int(problem["start"].(float64)), int(problem["end"].(float64))); got != "recrods" {
			t.Errorf("%s: the mistake is at %q", offsets, got)
		}
		found = read("search?q=ransomware")
		hits := found.(map[string]any)["hits"].([]any)
		if len(hits) != 2 {
			t.Fatalf("%d hits", len(hits))
		}
		texts, ids := map[string][2]string{}, ""
		for _, h := range hits {
			h := h.(map[string]any)
			id := h["article"].(map[string]any)["id"].(string)
			article := read("articles/" + id + "?").(map[string]any)
			texts[id] = [2]string{article["text"].(string), article["title"].(string)}
			if n := checkQuotes(t, cut, article, texts, id); n == 0 {
				t.Errorf("%s: the article has no evidence", offsets)
			}
			checkQuotes(t, cut, h["facts"], texts, id)
			for _, s := range h["snippets"].([]any) {
				s := s.(map[string]any)
				text, start := s["text"].(string), int(s["start"].(float64))
				if rest := cut(texts[id][0], start, start+len(text)-excess(cut, text)); rest != text {
					t.Errorf("%s: the snippet %q begins at %q", offsets, text, rest)
				}
				for _, m := range s["marks"].([]any) {
					m := m.(map[string]any)
					if got := cut(text, int(m["start"].(float64)), int(m["end"].(float64))); got != "ransomware" {
						t.Errorf("%s: %q is marked", offsets, got)
					}
				}
			}
			incident := h["incident"].(string)
			checkQuotes(t, cut, read("incidents/"+incident+"?"), texts, id)
			ids += incident + ","
		}
		if n := checkQuotes(t, cut, read("compare?ids="+ids[:len(ids)-1]), texts, ""); n == 0 {
			t.Errorf("%s: the comparison has no evidence", offsets)
		}
	}
}

// excess is how many fewer offsets than bytes a text has.
func excess(cut func(string, int, int) string, text string) int {
	if cut("é!", 1, 2) == "!" {
		return len(text) - len(utf16.Encode([]rune(text)))
	}
	return 0
}

// checkQuotes checks all evidence below a value, of the article id unless a claim names
// another, and returns how much there is.
func checkQuotes(t *testing.T, cut func(string, int, int) string, v any, texts map[string][2]string, id string) int {
	t.Helper()
	n := 0
	switch v := v.(type) {
	case []any:
		for _, x := range v {
			n += checkQuotes(t, cut, x, texts, id)
		}
	case map[string]any:
		if article, ok := v["article"].(string); ok {
			id = article
		}
		if quote, ok := v["quote"].(string); ok {
			text := texts[id][0]
			if v["source"] == "title" {
				text = texts[id][1]
			}
			n++
			if got := cut(text, int(v["start"].(float64)), int(v["end"].(float64))); got != quote {
				t.Errorf("evidence %q is at %q", quote, got)
			}
		}
		for _, x := range v {
			n += checkQuotes(t, cut, x, texts, id)
		}
	}
	return n
}
