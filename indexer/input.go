package indexer

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"hash"
	"io"
	"sync/atomic"
)

// input is a file that is being read. It hashes what it reads and counts it at once,
// so that a run is seen to go on within a large file.
type input struct {
	io.ReadCloser
	ctx   context.Context // when it is done, nothing is read any more
	sum   hash.Hash
	bytes *atomic.Int64 // of the run
	n     int64         // bytes of this file among them
	err   error         // of the file itself, such as a drive that is gone
	// random says that parts were read out of their order: sum is that of nothing.
	random bool
}

func newInput(ctx context.Context, f io.ReadCloser, bytes *atomic.Int64) *input {
	return &input{ReadCloser: f, ctx: ctx, sum: sha256.New(), bytes: bytes}
}

func (in *input) Read(p []byte) (int, error) {
	if err := in.ctx.Err(); err != nil {
		return 0, err
	}
	n, err := in.ReadCloser.Read(p)
	in.sum.Write(p[:n])
	in.count(n, err)
	return n, err
}

func (in *input) count(n int, err error) {
	in.n += int64(n)
	in.bytes.Add(int64(n))
	if err != nil && err != io.EOF {
		in.err = err
	}
}

// same reports whether the file has a hash, and goes back to its begin otherwise.
func (in *input) same(hash string) (bool, error) {
	f, ok := in.ReadCloser.(io.Seeker)
	if !ok {
		return false, nil
	}
	sum, err := in.end()
	if err != nil || sum == hash {
		return err == nil, err
	}
	in.sum.Reset()
	_, err = f.Seek(0, io.SeekStart)
	return false, err
}

// source is what a reader gets: with access to any part where the file has it, as
// archives need.
func (in *input) source() io.Reader {
	if f, ok := in.ReadCloser.(randomAccess); ok {
		return &randomInput{in, f}
	}
	return in
}

type randomAccess interface {
	io.ReaderAt
	io.Seeker
}

type randomInput struct {
	*input
	file randomAccess
}

func (in *randomInput) ReadAt(p []byte, at int64) (int, error) {
	in.random = true
	n, err := in.file.ReadAt(p, at)
	in.count(n, err)
	return n, err
}

func (in *randomInput) Seek(offset int64, whence int) (int64, error) {
	in.random = true
	return in.file.Seek(offset, whence)
}

// end reads what a reader left and returns the hash of the whole file.
func (in *input) end() (string, error) {
	if in.err != nil {
		return "", in.err
	}
	if in.random {
		in.sum.Reset()
		f, ok := in.ReadCloser.(randomAccess)
		if !ok {
			return "", errors.New("the file cannot be read again")
		}
		if _, err := f.Seek(0, io.SeekStart); err != nil {
			return "", err
		}
	}
	if _, err := io.Copy(in.sum, untilDone{in.ctx, in.ReadCloser}); err != nil {
		return "", err
	}
	return hexSum(in.sum), nil
}

// skip counts what was not read of a file that is done with, so that files come to their
// sizes.
func (in *input) skip(size int64) { in.bytes.Add(size - in.n) }

// untilDone is a reader that ends with an error when a context is done.
type untilDone struct {
	ctx context.Context
	r   io.Reader
}

func (u untilDone) Read(p []byte) (int, error) {
	if err := u.ctx.Err(); err != nil {
		return 0, err
	}
	return u.r.Read(p)
}

func hexSum(h hash.Hash) string { return hex.EncodeToString(h.Sum(nil)) }
