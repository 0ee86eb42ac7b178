// Package reader turns files into articles: one file of this package for each
// format. A reader is a pure function of a name, the bytes and the options. It
// reads as a stream where the format is a list, and holds one article at a time.
//
// Nothing is lost in silence: what cannot be read is a Problem with the place and
// the reason, and reading goes on behind it where the format allows.
//
// What a file costs is bounded: what comes out of archives, attachments and documents
// together, the trees of pages, the tables and readings of a PDF, the marks of
// Markdown. A file that is over a limit is a Problem, or is read more plainly.
//
// A file can hold several articles: a list, an archive, a mail with what is attached to
// it, a page or a table that lists incidents. How such a file is taken is a Problem that
// is but a Note.
//
// Text becomes UTF-8 in normalization form C with line feeds, without controls
// and trimmed. Text from JSON that is normalized already stays as it is, byte for
// byte, because spans made elsewhere count in it.
package reader
