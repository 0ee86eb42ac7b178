package alert

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime/debug"
	"time"

	"go.etcd.io/bbolt"
	berrors "go.etcd.io/bbolt/errors"

	"incidex/search"
)

const (
	// MaxAlerts is the most saved searches: each is asked after every run.
	MaxAlerts = 1000
	// MaxWaiting is the most messages of an alert that wait to be delivered.
	MaxWaiting = 1000
	// fileName is the file of a data folder. Only its owner may read it: it has secrets.
	fileName = "alerts.db"
	// openTime is the longest that another process is waited for. None keeps the file open
	// while it waits for something itself.
	openTime = 5 * time.Second
)

// Book is the alerts of a data folder, what is to be matched with them, and the messages
// that wait. It is safe for concurrent use, by several processes too.
type Book struct{ path string }

// In returns the book of a data folder, which need not have one yet.
func In(dir string) *Book { return &Book{filepath.Join(dir, fileName)} }

// The buckets of the file.
var (
	alertsBucket  = []byte("alerts")   // alerts by name
	notesBucket   = []byte("notes")    // notes by the id of an article
	waitingBucket = []byte("messages") // messages by number
)

// there reports whether there ever was an alert. A file that was cut off when it was made
// is empty.
func (b *Book) there() bool {
	info, err := os.Stat(b.path)
	return err == nil && info.Size() > 0
}

// update runs f in a transaction that is durable when it returns nil.
func (b *Book) update(f func(*bbolt.Tx) error) error {
	return b.open(false, func(db *bbolt.DB) error {
		return db.Update(func(tx *bbolt.Tx) error {
			for _, name := range [][]byte{alertsBucket, notesBucket, waitingBucket} {
				if _, err := tx.CreateBucketIfNotExists(name); err != nil {
					return err
				}
			}
			return f(tx)
		})
	})
}

// view runs f in a transaction that only reads, and not at all where there is no file.
func (b *Book) view(f func(*bbolt.Tx) error) error {
	if !b.there() {
		return nil
	}
	return b.open(true, func(db *bbolt.DB) error {
		return db.View(func(tx *bbolt.Tx) error {
			if tx.Bucket(waitingBucket) == nil { // cut off when it was made
				return nil
			}
			return f(tx)
		})
	})
}

// open opens the file for as long as f takes. A damaged file makes bbolt panic, also where
// what is mapped of it is gone; that is an error here.
func (b *Book) open(readOnly bool, f func(*bbolt.DB) error) (err error) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		if r := recover(); r != nil { // what bbolt has mapped stays locked until the program ends
			err = b.damaged(r)
		}
	}()
	db, err := bbolt.Open(b.path, 0o600, &bbolt.Options{Timeout: openTime, ReadOnly: readOnly})
	var of *fs.PathError
	switch {
	case errors.Is(err, berrors.ErrTimeout):
		return fmt.Errorf("open %s: another process works with it, or it was found damaged before: try again, or move it away", b.path)
	case errors.As(err, &of):
		return fmt.Errorf("open alerts: %w", err)
	case err != nil:
		return b.damaged(err)
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	return f(db)
}

func (b *Book) damaged(why any) error {
	return fmt.Errorf("%s is damaged (%v): move it away, and add the alerts again", b.path, why)
}

// Add keeps an alert. A name that is taken is a search.ErrInvalid.
func (b *Book) Add(a Alert) error {
	if _, err := os.Stat(filepath.Dir(b.path)); err != nil {
		return fmt.Errorf("add alert: %w", err)
	}
	return b.update(func(tx *bbolt.Tx) error {
		all := tx.Bucket(alertsBucket)
		switch {
		case all.Get([]byte(a.Name)) != nil:
			return fmt.Errorf("%w: there is an alert %s already: remove it first, or take another name", search.ErrInvalid, a.Name)
		case all.Stats().KeyN >= MaxAlerts:
			return fmt.Errorf("%w: there are %d alerts, and more are not kept: remove some first", search.ErrInvalid, MaxAlerts)
		}
		return put(all, []byte(a.Name), a)
	})
}

// Remove forgets an alert and its messages. A name that there is not is a
// search.ErrNotFound.
func (b *Book) Remove(name string) error {
	if !b.there() {
		return notFound(name)
	}
	return b.update(func(tx *bbolt.Tx) error {
		all := tx.Bucket(alertsBucket)
		if all.Get([]byte(name)) == nil {
			return notFound(name)
		}
		waiting := tx.Bucket(waitingBucket)
		var gone [][]byte
		err := each(waiting, func(key []byte, m Message) error {
			if m.Alert == name {
				gone = append(gone, key)
			}
			return nil
		})
		for _, key := range gone {
			err = errors.Join(err, waiting.Delete(key))
		}
		return errors.Join(err, all.Delete([]byte(name)))
	})
}

func notFound(name string) error {
	return fmt.Errorf("alert %q: %w; incidex alert list names them", name, search.ErrNotFound)
}

// List returns all alerts, sorted by name.
func (b *Book) List() ([]Alert, error) {
	var out []Alert
	err := b.view(func(tx *bbolt.Tx) error {
		count := map[string]int{}
		if err := each(tx.Bucket(waitingBucket), func(_ []byte, m Message) error { count[m.Alert]++; return nil }); err != nil {
			return err
		}
		return each(tx.Bucket(alertsBucket), func(_ []byte, a Alert) error {
			a.Waiting = count[a.Name]
			out = append(out, a)
			return nil
		})
	})
	return out, err
}

// Get returns an alert. A name that there is not is a search.ErrNotFound.
func (b *Book) Get(name string) (Alert, error) {
	all, err := b.List()
	if err != nil {
		return Alert{}, err
	}
	for _, a := range all {
		if a.Name == name {
			return a, nil
		}
	}
	return Alert{}, notFound(name)
}

// CopyTo copies the alerts to another data folder, without what waits: a copy of the
// index must not tell it again.
func (b *Book) CopyTo(dir string) error {
	all, err := b.List()
	if err != nil || len(all) == 0 {
		return err
	}
	to := In(dir)
	if _, err := os.Stat(to.path); !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("copy alerts: %s is there already", to.path)
	}
	return to.update(func(tx *bbolt.Tx) error {
		for _, a := range all {
			a.Waiting = 0
			if err := put(tx.Bucket(alertsBucket), []byte(a.Name), a); err != nil {
				return err
			}
		}
		return nil
	})
}

func put(b *bbolt.Bucket, key []byte, v any) error {
	raw, err := json.Marshal(v)
	if err != nil {
		return err
	}
	return b.Put(key, raw)
}

// each decodes all values of a bucket in the order of their keys, which f may keep.
func each[T any](b *bbolt.Bucket, f func(key []byte, v T) error) error {
	return b.ForEach(func(k, raw []byte) error {
		var v T
		if err := json.Unmarshal(raw, &v); err != nil {
			return fmt.Errorf("read %s: %w", k, err)
		}
		return f(append([]byte(nil), k...), v)
	})
}

// number is a key that sorts as numbers do.
func number(n uint64) []byte { return binary.BigEndian.AppendUint64(nil, n) }
