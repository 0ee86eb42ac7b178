// Package reader turns files into articles: one file of this package for each
// format. A reader is a pure function of a name, the bytes and the options. It
// reads as a stream where the format is a list, and holds one article at a time.
//
// Nothing is lost in silence: what cannot be read is a Problem with the place and
// the reason, and reading goes on behind it where the format allows.
//
// Text becomes UTF-8 in normalization form C with line feeds, without controls
// and trimmed. Text from JSON that is normalized already stays as it is, byte for
// byte, because spans made elsewhere count in it.
package reader
