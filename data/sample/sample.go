// Package sample holds the embedded sample corpus: original summaries, written for
// this project from the public record, of real data breaches and cyber incidents.
package sample

import (
	"embed"
	"io/fs"
)

// Prefix begins the path that an index knows a sample article by.
const Prefix = "sample:"

//go:embed articles/*.md
var articles embed.FS

// FS holds one Markdown file with front matter for each article.
func FS() fs.FS {
	sub, err := fs.Sub(articles, "articles")
	if err != nil {
		panic(err) // embedded: the folder is there
	}
	return sub
}
