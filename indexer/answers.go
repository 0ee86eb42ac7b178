package indexer

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"
)

// listen reads answers until the command ends.
func (a *asker) listen(out io.Reader) {
	defer close(a.over)
	lines := bufio.NewScanner(out)
	lines.Buffer(nil, maxAnswer)
	for !a.ended() && lines.Scan() {
		a.heard.Add(1)
		a.hear(lines.Bytes())
	}
	if errors.Is(lines.Err(), bufio.ErrTooLong) {
		a.stop(fmt.Errorf("it was ended: a line has more than %d bytes", maxAnswer))
	}
	err := a.cmd.Wait()
	a.mu.Lock()
	defer a.mu.Unlock()
	switch {
	case a.failed != nil:
	case err != nil:
		a.failed = fmt.Errorf("it ended with %w", err)
		if said := a.stderr.lastLine(); said != "" {
			a.failed = fmt.Errorf("%w: %s", a.failed, said)
		}
	case !a.sent:
		a.failed = errors.New("it ended before it had read all articles")
	}
	a.give(a.failed == nil) // those at the end that it passed over
}

// ended reports whether the command was ended.
func (a *asker) ended() bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.failed != nil
}

// hear takes one line of the command.
func (a *asker) hear(line []byte) {
	if len(strings.TrimSpace(string(line))) == 0 {
		return
	}
	var answer struct {
		ID        string     `json:"id"`
		Incidents []answered `json:"incidents"`
	}
	d := json.NewDecoder(strings.NewReader(string(line)))
	d.UseNumber()
	err := d.Decode(&answer)
	a.mu.Lock()
	i := slices.IndexFunc(a.waiting, func(q *question) bool { return q.id == answer.ID })
	if err == nil && i >= 0 && answer.Incidents != nil {
		for _, q := range a.waiting[:i+1] {
			q.answered = true
		}
		a.waiting[i].incidents = answer.Incidents
		a.answers++
		for _, q := range a.waiting[:i+1] {
			close(q.done)
		}
		a.waiting = a.waiting[i+1:]
		a.mu.Unlock()
		return
	}
	a.babble++
	if a.example == "" {
		a.example = fmt.Sprintf("%.60q is no answer", line)
	}
	tooMuch := a.babble > maxBabble && a.failed == nil
	a.mu.Unlock()
	if tooMuch {
		a.stop(fmt.Errorf("it was ended: more than %d lines are no answers", maxBabble))
	}
}

// close ends the command when all is answered, and says what came of it, "" for nothing
// that is worth telling.
func (a *asker) close() string {
	a.end()
	select {
	case <-a.over:
	case <-time.After(maxLinger):
		a.stop(fmt.Errorf("it was ended: it went on for %v after its last answer", maxLinger))
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.asked == 0 {
		return ""
	}
	said := []string{fmt.Sprintf("answered %d of %d articles", a.answers, a.asked)}
	if a.failed != nil {
		said = append(said, a.failed.Error())
	}
	for _, count := range []struct {
		n    int
		what string
	}{
		{a.babble, "lines were no answers"}, {a.refused, "claims were refused"},
		{a.unquoted, "claims are doubtful, as their quotes do not stand in the articles"},
	} {
		if count.n > 0 {
			said = append(said, fmt.Sprintf("%d %s", count.n, count.what))
		}
	}
	if a.example != "" {
		said = append(said, "such as "+a.example)
	}
	return strings.Join(said, "; ")
}

// tail keeps the end of what is written to it.
type tail struct{ b []byte }

func (t *tail) Write(p []byte) (int, error) {
	t.b = append(t.b, p...)
	t.b = t.b[max(0, len(t.b)-maxStderr):]
	return len(p), nil
}

func (t *tail) lastLine() string {
	s := strings.TrimSpace(strings.ToValidUTF8(string(t.b), ""))
	return s[strings.LastIndexByte(s, '\n')+1:]
}
