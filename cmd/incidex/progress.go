package main

import (
	"fmt"
	"io"
	"os"
	"time"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"

	"incidex/indexer"
)

// plainEvery is the time between two lines of progress where there is no terminal.
const plainEvery = 5 * time.Second

// progress shows how far a run is: as a bar on a terminal, in lines otherwise.
type progress struct {
	out  io.Writer
	bar  *progressbar.ProgressBar // nil without a terminal
	tty  bool
	next time.Time
}

func newProgress(w io.Writer) *progress {
	f, ok := w.(*os.File)
	return &progress{out: w, tty: ok && term.IsTerminal(int(f.Fd())), next: time.Now().Add(plainEvery)}
}

func (p *progress) show(s indexer.Progress) {
	if !p.tty {
		if now := time.Now(); now.After(p.next) {
			p.next = now.Add(plainEvery)
			fmt.Fprintf(p.out, "%d articles, %d of %d MB\n", s.Articles, s.Bytes>>20, s.Total>>20)
		}
		return
	}
	if p.bar == nil {
		p.bar = progressbar.NewOptions64(s.Total,
			progressbar.OptionSetWriter(p.out), progressbar.OptionShowBytes(true), progressbar.OptionFullWidth(),
			progressbar.OptionThrottle(100*time.Millisecond), progressbar.OptionClearOnFinish())
	}
	p.bar.Describe(fmt.Sprintf("%d articles", s.Articles))
	_ = p.bar.Set64(s.Bytes) // a bar that cannot be drawn stops nothing
}

func (p *progress) finish() {
	if p.bar != nil {
		_ = p.bar.Finish()
	}
}
