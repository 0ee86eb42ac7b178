package bleveindex

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"
)

// Holder is what the process that has a data folder open says of itself.
type Holder struct {
	PID int `json:"pid"`
	// Command is what it runs, such as "serve".
	Command string `json:"command"`
	// Address is where it serves HTTP, "" when it does not.
	Address string `json:"address,omitempty"`
	// Token lets those who can read the data folder hand work to the process.
	Token string    `json:"token,omitempty"`
	Since time.Time `json:"since"`
}

// LockedError says that another process has the data folder open.
type LockedError struct {
	Dir    string
	Holder Holder
}

func (e *LockedError) Error() string {
	who := "another process"
	if e.Holder.PID != 0 {
		who = fmt.Sprintf("process %d (incidex %s", e.Holder.PID, e.Holder.Command)
		if e.Holder.Address != "" {
			who += " on " + e.Holder.Address
		}
		who += ")"
	}
	return fmt.Sprintf("the index in %s is open in %s: stop it first, or use another folder with --data", e.Dir, who)
}

// lockFile is held by the process that has a data folder open: exclusively by a
// writer, shared by readers. The file stays when the process ends; the lock goes.
const lockFile = "LOCK"

var errLocked = errors.New("locked")

// lock takes the lock of a data folder, at once or not at all.
func lock(dir string, exclusive bool, h Holder) (*os.File, error) {
	flags := os.O_RDWR | os.O_CREATE
	f, err := os.OpenFile(filepath.Join(dir, lockFile), flags, 0o600)
	if !exclusive && err != nil { // a reader of a folder that it must not write
		f, err = os.Open(filepath.Join(dir, lockFile))
	}
	if err != nil {
		return nil, fmt.Errorf("lock %s: %w", dir, err)
	}
	if err := flock(f, exclusive); err != nil {
		defer f.Close()
		if errors.Is(err, errLocked) {
			return nil, &LockedError{Dir: dir, Holder: readHolder(dir)}
		}
		return nil, fmt.Errorf("lock %s: %w", dir, err)
	}
	if exclusive {
		// The file holds a token, and may be older than that.
		if err := errors.Join(f.Chmod(0o600), writeHolder(f, h)); err != nil {
			f.Close()
			return nil, fmt.Errorf("lock %s: %w", dir, err)
		}
	}
	return f, nil
}

func writeHolder(f *os.File, h Holder) error {
	raw, err := json.Marshal(h)
	if err != nil {
		return err
	}
	if err := f.Truncate(0); err != nil {
		return err
	}
	_, err = f.WriteAt(raw, 0)
	return err
}

// readHolder returns what the holder wrote, the zero Holder when it cannot be read.
func readHolder(dir string) Holder {
	var h Holder
	if raw, err := os.ReadFile(filepath.Join(dir, lockFile)); err == nil {
		_ = json.Unmarshal(raw, &h) // a half-written file names nobody
	}
	return h
}
