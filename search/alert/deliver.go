package alert

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"go.etcd.io/bbolt"
)

const (
	// firstPause is the time until a delivery that failed is tried again; each pause after
	// it is twice as long, up to longestPause.
	firstPause   = 2 * time.Second
	longestPause = time.Hour
	// keptTime is how long a message is tried to be delivered.
	keptTime = 72 * time.Hour
	// postLease and fileLease are how long a message is left alone by other processes once
	// one has begun to deliver it. One that is killed loses as much time.
	postLease = postTime + 5*time.Second
	fileLease = 5 * time.Second
)

// waitingMessage is a message with what is known of its delivery.
type waitingMessage struct {
	Message
	// Tries failed so far, and the next one is not before Next.
	Tries int       `json:"tries,omitempty"`
	Next  time.Time `json:"next,omitzero"`
	// At is the size of the file before the message was appended to it, -1 before that was
	// begun.
	At int64 `json:"at"`
}

// Deliver tries every message that is due once, those of an alert in their order: where
// one fails, the ones behind it wait. It returns when the next one is due, the zero time
// where none waits. Several processes may deliver at a time.
func (b *Book) Deliver(ctx context.Context, now func() time.Time, log *slog.Logger) (next time.Time, err error) {
	alerts, err := b.List()
	if err != nil {
		return next, err
	}
	for _, a := range alerts {
		for a.Waiting > 0 {
			due, more, err := b.deliverFirst(ctx, a, now, log)
			if err != nil {
				return next, fmt.Errorf("deliver alerts: %w", err)
			}
			if !due.IsZero() && (next.IsZero() || due.Before(next)) {
				next = due
			}
			if !more {
				break
			}
		}
	}
	return next, nil
}

// deliverFirst tries the first message of an alert when it is due. It returns when it is
// due otherwise, and whether the one behind it can be tried now.
func (b *Book) deliverFirst(ctx context.Context, a Alert, now func() time.Time, log *slog.Logger) (due time.Time, more bool, err error) {
	key, m, err := b.take(a, now())
	if err != nil || key == nil {
		return m.Next, false, err
	}
	failed := b.deliver(ctx, a, key, m, now())
	if ctx.Err() != nil {
		return time.Time{}, false, ctx.Err()
	}
	lost := failed != nil && now().Sub(m.Time) >= keptTime
	switch {
	case lost:
		log.Error("an alert is lost", "alert", a.Name, "message", m.ID, "error", failed)
	case failed != nil:
		log.Warn("an alert was not delivered; it is tried again", "alert", a.Name, "message", m.ID, "error", failed)
		m.Tries++
		m.Next = now().Add(pause(m.Tries)).UTC()
		due = m.Next
	}
	err = b.update(func(tx *bbolt.Tx) error {
		waiting := tx.Bucket(waitingBucket)
		if waiting.Get(key) == nil { // the alert was removed
			return nil
		}
		err := change(tx.Bucket(alertsBucket), a.Name, func(a *Alert) {
			a.Problem = ""
			if failed != nil {
				a.Problem = failed.Error()
			}
			if lost {
				a.Lost++
			}
		})
		if failed != nil && !lost {
			return errors.Join(err, put(waiting, key, m))
		}
		return errors.Join(err, waiting.Delete(key))
	})
	return due, failed == nil || lost, err
}

// pause is the time after so many tries.
func pause(tries int) time.Duration {
	p := firstPause
	for range tries - 1 {
		if p *= 2; p >= longestPause {
			return longestPause
		}
	}
	return p
}

// take takes the first message of an alert for this process. Its key is nil where there is
// none, and where it is not due, which its Next tells.
func (b *Book) take(a Alert, now time.Time) (key []byte, m waitingMessage, err error) {
	lease := fileLease
	if a.URL() {
		lease = postLease
	}
	err = b.update(func(tx *bbolt.Tx) error {
		waiting := tx.Bucket(waitingBucket)
		c := waiting.Cursor()
		for k, raw := c.First(); k != nil; k, raw = c.Next() {
			var x waitingMessage
			if err := json.Unmarshal(raw, &x); err != nil {
				return fmt.Errorf("read message: %w", err)
			}
			switch {
			case x.Alert != a.Name:
				continue
			case x.Next.After(now):
				m.Next = x.Next
				return nil
			}
			x.Next = now.Add(lease).UTC()
			key, m = append([]byte(nil), k...), x
			return put(waiting, key, m)
		}
		return nil
	})
	return key, m, err
}

// deliver sends or writes a message.
func (b *Book) deliver(ctx context.Context, a Alert, key []byte, m waitingMessage, now time.Time) error {
	body, err := json.Marshal(m.Message)
	if err != nil {
		return err
	}
	if a.URL() {
		return post(ctx, a, m.ID, body, now)
	}
	return appendOnce(a.To, append(body, '\n'), m.At, func(size int64) error {
		m.At = size
		return b.update(func(tx *bbolt.Tx) error { return put(tx.Bucket(waitingBucket), key, m) })
	})
}

// Test delivers a message without articles at once, and does not try again.
func Test(ctx context.Context, a Alert, now time.Time) error {
	m := Message{ID: "msg_" + rand.Text(), Alert: a.Name, Query: a.Query, Time: now.UTC().Truncate(time.Second), Test: true, Articles: []Found{}}
	body, err := json.Marshal(m)
	if err != nil {
		return err
	}
	if a.URL() {
		return post(ctx, a, m.ID, body, now)
	}
	return appendOnce(a.To, append(body, '\n'), -1, func(int64) error { return nil })
}
