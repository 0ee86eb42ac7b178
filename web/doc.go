// Package web makes the pages that people see: templates, styles and one small
// script, embedded in the program.
//
// Each page has a typed view struct (SearchPage, ArticlePage, ...) that a handler
// fills in with what the engine answered, and a method of Pages that writes it.
// Everything works without the script: whatever a page shows is in its URL, and
// link.go is the one place that reads and writes URLs.
//
// Nothing is marked as safe HTML but what markup.go writes, which escapes all that
// is no constant: marked text is cut into segments, and each of them is escaped. Pages have no inline script or style, so that
// Policy can forbid both.
package web

// Policy is the Content-Security-Policy under which the pages work.
const Policy = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; " +
	"connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
