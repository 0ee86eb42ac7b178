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
	Address string    `json:"address,omitempty"`
	Since   time.Time `json:"since"`
	// Token lets those who own the data folder hand work to the process. It stands in a
	// file of its own.
	Token string `json:"-"`
}

// LockedError says that another process has the data folder open.
type LockedError struct {
	Dir    string
	Holder Holder
}

func (e *LockedError) Error() string {
	if e.Holder.PID == 0 { // only writers say who they are
		return fmt.Sprintf("the index in %s is being read by another process: try again when it is done", e.Dir)
	}
	who := fmt.Sprintf("the index in %s is open in process %d (incidex %s", e.Dir, e.Holder.PID, e.Holder.Command)
	switch {
	case e.Holder.Address != "":
		return who + " on " + e.Holder.Address + "): stop it first, or use another folder with --data"
	case e.Holder.Command == "index":
		return who + "): try again when it is done; to search meanwhile, start incidex serve before incidex index, which then hands its work to it"
	default:
		return who + "): try again when it is done"
	}
}

const (
	// lockFile is held by the process that has a data folder open: exclusively by a
	// writer, shared by readers. The file stays when the process ends; the lock goes.
	// Everybody who may read the folder may read it.
	lockFile = "LOCK"
	// tokenFile holds the token of a server, for the owner of the folder alone.
	tokenFile = "TOKEN"
)

var errLocked = errors.New("locked")

// lock takes the lock of a data folder, at once or not at all.
func lock(dir string, exclusive bool, h Holder) (*os.File, error) {
	f, err := os.OpenFile(filepath.Join(dir, lockFile), os.O_RDWR|os.O_CREATE, 0o644)
	writable := err == nil
	if !exclusive && !writable { // a reader of a folder that it must not write
		f, err = os.Open(filepath.Join(dir, lockFile))
	}
	if err != nil {
		return nil, fmt.Errorf("lock data folder: %w", err)
	}
	if err := flock(f, exclusive); err != nil {
		defer f.Close()
		if errors.Is(err, errLocked) {
			return nil, &LockedError{Dir: dir, Holder: readHolder(dir)}
		}
		return nil, fmt.Errorf("lock data folder: %w", err)
	}
	switch {
	case exclusive:
		err = errors.Join(removeToken(dir), writeHolder(f, h))
	case writable:
		err = f.Truncate(0) // what a writer left that was cut off
	}
	if err != nil {
		f.Close()
		return nil, fmt.Errorf("lock data folder: %w", err)
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

// readHolder returns what the holder wrote, the zero Holder when it cannot be read or
// is that of a process that is no more.
func readHolder(dir string) Holder {
	var h Holder
	raw, err := os.ReadFile(filepath.Join(dir, lockFile))
	if err != nil || json.Unmarshal(raw, &h) != nil || !alive(h.PID) {
		return Holder{}
	}
	if h.Address != "" {
		token, _ := os.ReadFile(filepath.Join(dir, tokenFile)) // others may not read it
		h.Token = string(token)
	}
	return h
}

// writeToken makes the file of the token anew, so that it belongs to this process's user.
func writeToken(dir, token string) error {
	if err := removeToken(dir); err != nil {
		return err
	}
	f, err := os.OpenFile(filepath.Join(dir, tokenFile), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = f.WriteString(token)
	return errors.Join(err, f.Close())
}

func removeToken(dir string) error {
	if err := os.Remove(filepath.Join(dir, tokenFile)); !errors.Is(err, os.ErrNotExist) {
		return err
	}
	return nil
}
