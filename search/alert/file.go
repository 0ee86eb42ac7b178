package alert

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
)

// appendOnce appends a line to a file durably, and not again where it was written before
// the program was killed. At is the size that the file had before an earlier try, -1 for
// none; begin notes that size before anything is written.
func appendOnce(name string, line []byte, at int64, begin func(size int64) error) (err error) {
	f, err := os.OpenFile(name, os.O_RDWR|os.O_CREATE, 0o644)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	size, err := f.Seek(0, io.SeekEnd)
	if err != nil {
		return fmt.Errorf("append to %s: %w", name, err)
	}
	if at >= 0 && at < size {
		there := make([]byte, min(int64(len(line)), size-at))
		if _, err := f.ReadAt(there, at); err != nil {
			return fmt.Errorf("append to %s: %w", name, err)
		}
		switch {
		case bytes.Equal(there, line):
			return f.Sync()
		case bytes.HasPrefix(line, there) && at+int64(len(there)) == size: // the torn end of it
			if err := f.Truncate(at); err != nil {
				return fmt.Errorf("append to %s: %w", name, err)
			}
			size = at
		}
	}
	if err := begin(size); err != nil {
		return err
	}
	if _, err := f.WriteAt(line, size); err != nil { // as on a full disk: nothing of it stays
		return errors.Join(fmt.Errorf("append to %s: %w", name, err), f.Truncate(size))
	}
	return f.Sync()
}
