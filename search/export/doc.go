// Package export writes all that a search finds in the formats that others read:
// tables (CSV, XLSX), JSON lines, VERIS, STIX and BibTeX.
//
// Only what is stated as a fact leaves: claims that are denied, advised, possible or
// doubtful do not. Rows are written one after the other, so that the memory an export
// takes does not grow with it.
package export
