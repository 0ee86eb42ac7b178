package alert

import (
	"cmp"
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"go.etcd.io/bbolt"

	"incidex/data"
	"incidex/search/export"
)

const (
	// matchedAtOnce is the number of articles that are matched in one step.
	matchedAtOnce = 1000
	// maxArticles is the most articles of a message.
	maxArticles = 50
)

// Kinds of changes.
const (
	Added   = "added"
	Changed = "changed"
)

// Note is an article that is about to be written.
type Note struct {
	ID string `json:"-"`
	// Hash is that of its content, Change one of the kinds of changes.
	Hash   string `json:"hash"`
	Change string `json:"change"`
	// Run counts the batches that were noted; Note sets it.
	Run uint64 `json:"run"`
}

// Message is what a receiver is told.
type Message struct {
	ID         string    `json:"id" example:"msg_2ADFCNSV6ZNYRCFCEKWXMC2UIS" doc:"The same when it is tried again"`
	Alert      string    `json:"alert" example:"hospitals" doc:"The name of the alert"`
	Query      string    `json:"query" example:"sector:health ransomware" doc:"What it searches for"`
	Generation string    `json:"generation" example:"gen-000001" doc:"The generation of the index in which the articles were found"`
	Time       time.Time `json:"time" doc:"When they were found"`
	Test       bool      `json:"test,omitempty" doc:"A person tries the alert, and nothing was found"`
	Articles   []Found   `json:"articles" nullable:"false" doc:"The articles that were found, some of them where there are many"`
}

// Found is an article of a message, with what it states as facts.
type Found struct {
	Change string `json:"change" enum:"added,changed" doc:"What became of the article"`
	export.Line
}

// Index is what matching needs of an index.
type Index interface {
	// Matching returns those of the articles that a query finds.
	Matching(ctx context.Context, query string, ids []string) ([]string, error)
	// Articles loads articles by id; those that searches do not see yet are left out.
	Articles(ctx context.Context, ids ...string) (map[string]*data.Document, error)
	// Generation names the state of the index.
	Generation(ctx context.Context) (string, error)
}

// Any reports whether there is an alert.
func (b *Book) Any() (bool, error) {
	some := false
	err := b.view(func(tx *bbolt.Tx) error {
		key, _ := tx.Bucket(alertsBucket).Cursor().First()
		some = key != nil
		return nil
	})
	return some, err
}

// Note notes articles durably, before they are written to the index. An article that was
// noted and not matched yet is noted once, as it is now.
func (b *Book) Note(notes []Note) error {
	if len(notes) == 0 {
		return nil
	}
	err := b.update(func(tx *bbolt.Tx) error {
		bucket := tx.Bucket(notesBucket)
		run, err := bucket.NextSequence()
		if err != nil {
			return err
		}
		for _, n := range notes {
			var before Note
			if raw := bucket.Get([]byte(n.ID)); raw != nil && json.Unmarshal(raw, &before) == nil {
				n.Change = before.Change // nobody was told that it is new
			}
			n.Run = run
			if err := put(bucket, []byte(n.ID), n); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("note articles for alerts: %w", err)
	}
	return nil
}

// notes are all notes, in the order in which they were made.
func (b *Book) notes() ([]Note, error) {
	var out []Note
	err := b.view(func(tx *bbolt.Tx) error {
		return each(tx.Bucket(notesBucket), func(key []byte, n Note) error {
			n.ID = string(key)
			out = append(out, n)
			return nil
		})
	})
	slices.SortStableFunc(out, func(a, b Note) int { return cmp.Compare(a.Run, b.Run) })
	return out, err
}

// Match asks every alert for the articles that were noted, and makes messages of what it
// finds. It must not run beside a run of the index. Written loads articles as the last
// batch has left them, nil where there is none: searches may see that batch a little
// later, and are waited for. An article that is not as it was noted was never written, or
// written again and noted anew; it is forgotten.
func (b *Book) Match(ctx context.Context, index Index, written func(ctx context.Context, ids ...string) ([]*data.Document, error), now time.Time) error {
	notes, err := b.notes()
	if err != nil || len(notes) == 0 {
		return err
	}
	alerts, err := b.List()
	if err != nil {
		return err
	}
	if err := settle(ctx, index, written, notes); err != nil {
		return fmt.Errorf("match alerts: %w", err)
	}
	for some := range slices.Chunk(notes, matchedAtOnce) {
		messages, err := match(ctx, index, alerts, some, now)
		if err != nil {
			return fmt.Errorf("match alerts: %w", err)
		}
		if err := b.queue(messages, some); err != nil {
			return fmt.Errorf("match alerts: %w", err)
		}
	}
	return nil
}

// match makes the messages for some articles.
func match(ctx context.Context, index Index, alerts []Alert, notes []Note, now time.Time) ([]Message, error) {
	byID, ids := map[string]Note{}, make([]string, len(notes))
	for i, n := range notes {
		byID[n.ID], ids[i] = n, n.ID
	}
	generation, err := index.Generation(ctx)
	if err != nil {
		return nil, err
	}
	var out []Message
	for _, a := range alerts {
		hits, err := index.Matching(ctx, a.Query, ids)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", a.Name, err)
		}
		docs, err := index.Articles(ctx, hits...)
		if err != nil {
			return nil, err
		}
		var found []Found
		for _, id := range hits {
			if d := docs[id]; d != nil && d.Hash == byID[id].Hash {
				found = append(found, Found{byID[id].Change, export.LineOf(d, generation)})
			}
		}
		for some := range slices.Chunk(found, maxArticles) {
			out = append(out, Message{ID: "msg_" + rand.Text(), Alert: a.Name, Query: a.Query, Generation: generation, Time: now.UTC().Truncate(time.Second), Articles: some})
		}
	}
	return out, nil
}
