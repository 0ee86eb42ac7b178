// Package query reads the query language: a lexer, a parser and a tree that can
// be written back. It knows the fields and their vocabularies, but no index.
//
// README.md is the reference of the language. Parse never fails: what it cannot
// read becomes plain words, and a Problem says where and what to write instead.
package query

import _ "embed"

// Reference is the one-page description of the language in Markdown.
//
//go:embed README.md
var Reference string
