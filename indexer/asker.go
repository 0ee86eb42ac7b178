package indexer

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os/exec"
	"sync"
	"sync/atomic"
	"time"

	"incidex/data"
)

// question is an article that a command was asked about.
type question struct {
	id   string
	line []byte
	// done is closed when the answer is there, or none will come.
	done      chan struct{}
	answered  bool
	incidents []answered
}

// answered is what a command says of one incident.
type answered struct {
	Role   data.Role        `json:"role"`
	Claims []map[string]any `json:"claims"`
}

// asker runs a command. It is safe for concurrent use.
type asker struct {
	*Command
	name   string
	cmd    *exec.Cmd
	in     io.WriteCloser
	stderr tail
	heard  atomic.Int64 // lines
	over   chan struct{}

	mu      sync.Mutex
	more    *sync.Cond  // queue or last changed
	queue   []*question // to be sent
	last    bool        // no more will be asked
	sent    bool        // all was sent and the input closed
	waiting []*question // in the order in which they are sent, those of queue too
	failed  error

	asked, answers, babble, refused, unquoted int
	example                                   string // of what was refused or babbled
}

// start runs the command.
func (c *Command) start(ctx context.Context) (*asker, error) {
	a := &asker{Command: c, name: c.Name(), over: make(chan struct{})}
	a.more = sync.NewCond(&a.mu)
	a.cmd = shell(ctx, c.Line)
	a.cmd.Stderr = &a.stderr
	a.cmd.WaitDelay = maxLinger
	in, err := a.cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	a.in = in
	out, err := a.cmd.StdoutPipe()
	if err == nil {
		err = a.cmd.Start()
	}
	if err != nil {
		return nil, fmt.Errorf("run the extractor %s: %w", a.name, err)
	}
	go a.send()
	go a.listen(out)
	return a, nil
}

// ask queues an article. The question is answered later.
func (a *asker) ask(article *data.Article) *question {
	q := &question{id: article.ID, done: make(chan struct{})}
	line, err := json.Marshal(article)
	a.mu.Lock()
	defer a.mu.Unlock()
	a.asked++
	if err != nil || a.failed != nil || a.last {
		close(q.done)
		return q
	}
	q.line = append(line, '\n')
	a.queue, a.waiting = append(a.queue, q), append(a.waiting, q)
	a.more.Signal()
	return q
}

// end says that no more will be asked.
func (a *asker) end() {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.last = true
	a.more.Signal()
}

// send writes what is queued to the command.
func (a *asker) send() {
	for {
		a.mu.Lock()
		for len(a.queue) == 0 && !a.last && a.failed == nil {
			a.more.Wait()
		}
		if len(a.queue) == 0 || a.failed != nil {
			a.sent = a.failed == nil
			a.mu.Unlock()
			a.in.Close()
			return
		}
		q := a.queue[0]
		a.queue = a.queue[1:]
		a.mu.Unlock()
		if _, err := a.in.Write(q.line); err != nil {
			a.in.Close()
			return // listen learns why
		}
		q.line = nil
	}
}

// wait waits until a question is answered, or no answer will come.
func (a *asker) wait(ctx context.Context, q *question) {
	silence := a.silence
	if silence == 0 {
		silence = maxSilence
	}
	for {
		heard := a.heard.Load()
		timer := time.NewTimer(silence)
		select {
		case <-q.done:
			timer.Stop()
			return
		case <-ctx.Done():
			a.stop(ctx.Err())
		case <-timer.C:
			if a.heard.Load() == heard {
				a.stop(fmt.Errorf("it was ended: no answer came within %v, and it has to answer while it reads", silence))
			}
		}
		timer.Stop()
	}
}

// stop ends the command. Questions that are open get no answer.
func (a *asker) stop(why error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.failed == nil {
		a.failed = why
	}
	select {
	case <-a.over: // its number may be another's by now
	default:
		kill(a.cmd)
	}
	a.give(false)
}

// give ends all open questions. The caller holds the lock.
func (a *asker) give(answered bool) {
	for _, q := range a.waiting {
		q.answered = answered
		close(q.done)
	}
	a.waiting, a.queue = nil, nil
	a.more.Signal()
}
