package alert

import (
	"encoding/json"
	"fmt"

	"go.etcd.io/bbolt"
)

// queue keeps messages and forgets the notes that they are of, together or not at all.
// Notes that were made anew meanwhile stay.
func (b *Book) queue(messages []Message, notes []Note) error {
	return b.update(func(tx *bbolt.Tx) error {
		waiting, alerts := tx.Bucket(waitingBucket), tx.Bucket(alertsBucket)
		count := map[string]int{}
		if err := each(waiting, func(_ []byte, m Message) error { count[m.Alert]++; return nil }); err != nil {
			return err
		}
		for _, m := range messages {
			if alerts.Get([]byte(m.Alert)) == nil { // removed meanwhile
				continue
			}
			if count[m.Alert]++; count[m.Alert] > MaxWaiting {
				if err := change(alerts, m.Alert, func(a *Alert) { a.Lost++ }); err != nil {
					return err
				}
				continue
			}
			n, err := waiting.NextSequence()
			if err == nil {
				err = put(waiting, number(n), waitingMessage{Message: m, At: -1})
			}
			if err != nil {
				return err
			}
		}
		bucket := tx.Bucket(notesBucket)
		for _, n := range notes {
			var now Note
			if raw := bucket.Get([]byte(n.ID)); raw == nil || json.Unmarshal(raw, &now) == nil && now.Run != n.Run {
				continue
			}
			if err := bucket.Delete([]byte(n.ID)); err != nil {
				return err
			}
		}
		return nil
	})
}

// change changes an alert that is there.
func change(alerts *bbolt.Bucket, name string, f func(*Alert)) error {
	raw := alerts.Get([]byte(name))
	if raw == nil {
		return nil
	}
	var a Alert
	if err := json.Unmarshal(raw, &a); err != nil {
		return fmt.Errorf("read alert %s: %w", name, err)
	}
	f(&a)
	return put(alerts, []byte(name), a)
}
