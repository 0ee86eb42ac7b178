package bleveindex

import (
	"fmt"
	"math"
	"sync"

	segment "github.com/blevesearch/scorch_segment_api/v2"
)

// What words occur in many articles is asked for again and again, and reading it
// from the segment costs ten times what adding up the scores does. So a segment
// keeps such postings as they come out of it.

const (
	// minDecoded is the number of articles with a word from which its postings are kept.
	minDecoded = 256
	// decodedBytes is the most memory that is kept, in bytes for each document.
	decodedBytes = 128
)

// decoded is the documents with a word in ascending order, deleted ones included,
// and how often each has it, math.MaxUint16 at most.
type decoded struct {
	docs  []uint32
	freqs []uint16
}

func (d *decoded) bytes() int { return 6 * len(d.docs) }

// decodedLists are the postings that a segment keeps. It is safe for concurrent use.
type decodedLists struct {
	mu    sync.Mutex
	lists map[decodedKey]*decoded
	bytes int
	limit int
}

type decodedKey struct{ field, key string }

func (c *decodedLists) get(k decodedKey) *decoded {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.lists[k]
}

// put keeps a list, in the place of others when there is no room.
func (c *decodedLists) put(k decodedKey, d *decoded) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if d.bytes() > c.limit || c.lists[k] != nil {
		return
	}
	for old, x := range c.lists {
		if c.bytes+d.bytes() <= c.limit {
			break
		}
		delete(c.lists, old)
		c.bytes -= x.bytes()
	}
	if c.lists == nil {
		c.lists = map[decodedKey]*decoded{}
	}
	c.lists[k] = d
	c.bytes += d.bytes()
}

// decodeList reads all postings of a word.
func decodeList(dict segment.TermDictionary, key string) (*decoded, error) {
	list, err := dict.PostingsList([]byte(key), nil, nil)
	if err != nil {
		return nil, fmt.Errorf("read postings: %w", err)
	}
	n := int(list.Count())
	d := &decoded{make([]uint32, 0, n), make([]uint16, 0, n)}
	it := list.Iterator(true, false, false, nil)
	for {
		p, err := it.Next()
		if err != nil {
			return nil, fmt.Errorf("read postings: %w", err)
		}
		if p == nil {
			return d, nil
		}
		d.docs = append(d.docs, uint32(p.Number()))
		d.freqs = append(d.freqs, uint16(min(frequencyOf(p.Frequency()), math.MaxUint16)))
	}
}
