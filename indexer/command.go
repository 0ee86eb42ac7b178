package indexer

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// The limits of a command that extracts. What goes beyond one ends the command; its
// claims up to there stay.
const (
	// maxSilence is how long an article that is next to be written waits for an answer
	// while none comes at all.
	maxSilence = time.Minute
	// maxAnswer is the number of bytes of a line.
	maxAnswer = 4 << 20
	// maxBabble is the number of lines that are no answers.
	maxBabble = 100
	// maxLinger is how long a command may go on after its last answer.
	maxLinger = 5 * time.Second
	// maxStderr is the number of bytes of what it says of errors that are kept.
	maxStderr = 4 << 10
	// maxHashed is the number of bytes of a file up to which its contents tell whether
	// a command changed.
	maxHashed = 16 << 20
)

// Command is a program of the user's own that extracts claims beside ours. It gets
// articles as lines of JSON, and answers each with a line in the form in which
// "incidex extract" writes: in the order of the articles, where it may pass some over.
type Command struct {
	// Line is what the shell runs.
	Line string
	// Only says that nothing else extracts.
	Only bool

	silence time.Duration // 0 means maxSilence
}

// Name is what claims and summaries call the command: the last file that the line
// names, or else its first word.
func (c *Command) Name() string {
	words := strings.Fields(c.Line)
	if len(words) == 0 {
		return ""
	}
	name := words[0]
	for _, w := range words[1:] {
		if info, err := os.Stat(strings.Trim(w, `"'`)); err == nil && info.Mode().IsRegular() {
			name = strings.Trim(w, `"'`)
		}
	}
	return filepath.Base(name)
}

// version changes when the line or a file that it names does.
func (c *Command) version() string {
	h := sha256.New()
	fmt.Fprintf(h, "%q %t\n", c.Line, c.Only)
	for i, w := range strings.Fields(c.Line) {
		w = strings.Trim(w, `"'`)
		if path, err := exec.LookPath(w); i == 0 && err == nil {
			w = path
		}
		info, err := os.Stat(w)
		if err != nil || !info.Mode().IsRegular() {
			continue
		}
		fmt.Fprintf(h, "%q %d\n", w, info.Size())
		if info.Size() > maxHashed {
			fmt.Fprintln(h, info.ModTime().UnixNano())
			continue
		}
		if f, err := os.Open(w); err == nil {
			_, _ = io.Copy(h, f) // what cannot be read cannot be run
			f.Close()
		}
	}
	return hex.EncodeToString(h.Sum(nil)[:6])
}
