package cache

import (
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestCacheForgetsWhatWasLongestNotAskedFor(t *testing.T) {
	c := New[int, string](among * (100 + entryBytes)) // room for as many as are compared
	for i := range among {
		c.Put(i, "x", 100)
	}
	for i := range among {
		if _, ok := c.Get(i); !ok && i != 3 {
			t.Errorf("entry %d was forgotten though there was room", i)
		}
	}
	for i := range among {
		if i != 5 {
			c.Get(i)
		}
	}
	c.Grow(0, 1)
	if _, ok := c.Get(5); ok {
		t.Error("the entry that was longest not asked for is still there")
	}
	want := Stats{Hits: among + among - 1, Misses: 1, Entries: among - 1, Bytes: (among-1)*(100+entryBytes) + 1, Limit: among * (100 + entryBytes)}
	if diff := cmp.Diff(want, c.Stats()); diff != "" {
		t.Errorf("stats (-want +got):\n%s", diff)
	}
}

func TestCacheStaysWithinItsLimit(t *testing.T) {
	const limit = 10_000
	c := New[int, int](limit)
	c.Put(-1, 0, limit/2) // too large to be worth it
	if _, ok := c.Get(-1); ok {
		t.Error("a value of half the cache is kept")
	}
	var all sync.WaitGroup
	for g := range 4 {
		all.Go(func() {
			for i := range 1000 {
				key := (i*7 + g) % 300
				if v, ok := c.Get(key); ok && v != key {
					t.Errorf("key %d has the value %d", key, v)
				}
				c.Put(key, key, i%900)
				c.Grow(key, 3)
				if s := c.Stats(); s.Bytes > limit || s.Entries == 0 {
					t.Errorf("%d entries take %d bytes, at most %d are allowed", s.Entries, s.Bytes, limit)
				}
			}
		})
	}
	all.Wait()
	var none Cache[string, int]
	none.Put("a", 1, 0)
	if _, ok := none.Get("a"); ok {
		t.Error("a cache without room keeps something")
	}
}
