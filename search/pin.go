package search

import (
	"context"
	"sync"
)

// pinKey is the key of an engine's pin in a context.
type pinKey struct{ engine *Engine }

// pin is the state of the index that all answers of a context are of. It is taken with the
// first of them: who asks for nothing holds nothing.
type pin struct {
	mu       sync.Mutex
	snapshot Snapshot
	released bool
}

// Pin returns a context in which the engine answers everything from one state of the index,
// that of the first answer, whatever is written meanwhile: a page that is made of several
// answers agrees with itself. Release gives the state back; what is asked later is answered
// from the index as it is then.
func (e *Engine) Pin(ctx context.Context) (pinned context.Context, release func()) {
	if _, pinned := ctx.Value(pinKey{e}).(*pin); pinned {
		return ctx, func() {} // whoever pinned it lets go of it
	}
	p := &pin{}
	return context.WithValue(ctx, pinKey{e}, p), p.release
}

func (p *pin) release() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.snapshot != nil {
		p.snapshot.Close()
	}
	p.snapshot, p.released = nil, true
}

// snapshot is the state that answers are made from: the pinned one of a context, or the
// index as it is now. The caller closes it.
func (e *Engine) snapshot(ctx context.Context) (Snapshot, error) {
	snap, err := e.state(ctx)
	if err == nil && inUTF16(ctx) {
		snap = utf16Snapshot{snap}
	}
	return snap, err
}

func (e *Engine) state(ctx context.Context) (Snapshot, error) {
	p, ok := ctx.Value(pinKey{e}).(*pin)
	if !ok {
		return e.index.Snapshot()
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.released {
		return e.index.Snapshot()
	}
	if p.snapshot == nil {
		var err error
		if p.snapshot, err = e.index.Snapshot(); err != nil {
			return nil, err
		}
	}
	return held{p.snapshot}, nil
}

// held is a snapshot that somebody else closes.
type held struct{ Snapshot }

func (held) Close() error { return nil }
