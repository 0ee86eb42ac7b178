// Package compare lays incidents side by side, and selections of incidents.
//
// Records makes a Table of two to six records: typed rows under headings, each
// with a cell for every incident, a verdict and the verdict in words. A cell keeps
// the claims that it was made of, so every value can be followed to its sentence.
// Selections compares two searches by their counts, shares and medians.
//
// The types are the shape of the API; Markdown, CSV and Text write the same table.
// Everything is a pure function of its arguments.
package compare
