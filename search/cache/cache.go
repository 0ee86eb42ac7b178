// Package cache keeps what was computed before, up to a number of bytes.
package cache

import (
	"math"
	"sync"
	"sync/atomic"
)

// among is the number of entries of which the one that was longest not asked for
// gives way to another. They are chosen at random, so that no order must be kept.
const among = 8

// entryBytes is about what an entry takes beside what it holds.
const entryBytes = 128

// Cache keeps values by key. It is safe for concurrent use, and the values must be
// too. The zero value keeps nothing.
type Cache[K comparable, V any] struct {
	mu     sync.Mutex
	known  map[K]*entry[V]
	bytes  int
	limit  int
	clock  atomic.Int64
	hits   atomic.Int64
	misses atomic.Int64
}

type entry[V any] struct {
	value V
	bytes int
	used  atomic.Int64 // by the clock
}

// Stats are the figures of a cache.
type Stats struct {
	// Hits and Misses count what was asked for since the cache was made.
	Hits, Misses int64
	Entries      int
	// Bytes is about what the entries take, at most Limit.
	Bytes, Limit int
}

// New returns a cache that holds at most limit bytes.
func New[K comparable, V any](limit int) *Cache[K, V] {
	return &Cache[K, V]{known: map[K]*entry[V]{}, limit: limit}
}

// Get returns the value of a key, and whether there is one.
func (c *Cache[K, V]) Get(key K) (V, bool) {
	c.mu.Lock()
	e := c.known[key]
	c.mu.Unlock()
	if e == nil {
		c.misses.Add(1)
		var none V
		return none, false
	}
	c.hits.Add(1)
	e.used.Store(c.clock.Add(1))
	return e.value, true
}

// Put keeps a value of about so many bytes, unless the key has one or the value
// takes more than a quarter of the cache. Others give way where there is no room.
func (c *Cache[K, V]) Put(key K, value V, bytes int) {
	bytes += entryBytes
	if bytes > c.limit/4 {
		return
	}
	e := &entry[V]{value: value, bytes: bytes}
	e.used.Store(c.clock.Add(1))
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.known[key] != nil {
		return
	}
	c.known[key] = e
	c.bytes += bytes
	c.shrink()
}

// Grow notes that the value of a key, if it is kept, takes so many bytes more.
func (c *Cache[K, V]) Grow(key K, by int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if e := c.known[key]; e != nil {
		e.bytes += by
		c.bytes += by
		c.shrink()
	}
}

// shrink drops entries until the others are within the limit; the caller holds c.mu.
func (c *Cache[K, V]) shrink() {
	for c.bytes > c.limit {
		var worst K
		oldest, seen := int64(math.MaxInt64), 0
		for k, e := range c.known {
			if at := e.used.Load(); at < oldest {
				worst, oldest = k, at
			}
			if seen++; seen == among {
				break
			}
		}
		c.bytes -= c.known[worst].bytes
		delete(c.known, worst)
	}
}

// Stats returns the figures of the cache.
func (c *Cache[K, V]) Stats() Stats {
	c.mu.Lock()
	defer c.mu.Unlock()
	return Stats{Hits: c.hits.Load(), Misses: c.misses.Load(), Entries: len(c.known), Bytes: c.bytes, Limit: c.limit}
}
