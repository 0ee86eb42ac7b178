package reader

import (
	"context"
	"errors"
	"io"
)

// The limits of what comes out of packed files: archives, documents and attachments,
// with all that lies in them. Sizes that a file states are not believed.
const (
	// maxExpanded is the number of bytes that a file may have unpacked.
	maxExpanded = 32 << 30
	// maxRatio is how many times larger than its packed form a file may be, once
	// it is larger than ratioFrom bytes. Text packs 3 to 30 times.
	maxRatio  = 200
	ratioFrom = 10 << 20
)

var errExpands = errors.New("it unpacks to more than is allowed")

// expansion counts what comes out of a file and all that lies in it.
type expansion struct {
	out    int64
	packed func() int64 // bytes of the file that what came out is held against
}

// add counts n bytes that came out.
func (x *expansion) add(n int) error {
	x.out += int64(n)
	if x.out > maxExpanded || x.out > ratioFrom && x.out/maxRatio > x.packed() {
		return errExpands
	}
	return nil
}

// unpacked reads what comes out of a packed file and fails when it is too much.
type unpacked struct {
	r   io.Reader
	all *expansion
}

func (u *unpacked) Read(p []byte) (int, error) {
	n, err := u.r.Read(p)
	if over := u.all.add(n); over != nil {
		return 0, over
	}
	return n, err
}

// watched is a file that cannot be read any more once the run is over.
type watched struct {
	ctx context.Context
	r   io.Reader
}

func (w *watched) Read(p []byte) (int, error) {
	if err := w.ctx.Err(); err != nil {
		return 0, err
	}
	return w.r.Read(p)
}

// watchedAt is watched for files that are read from their end.
type watchedAt struct {
	ctx context.Context
	r   io.ReaderAt
}

func (w *watchedAt) ReadAt(p []byte, at int64) (int, error) {
	if err := w.ctx.Err(); err != nil {
		return 0, err
	}
	return w.r.ReadAt(p, at)
}

// counter counts the bytes that are read.
type counter struct {
	r io.Reader
	n int64
}

func (c *counter) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.n += int64(n)
	return n, err
}
