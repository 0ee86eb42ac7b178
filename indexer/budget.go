package indexer

import "sync"

// budget bounds how many bytes are on their way between two goroutines.
type budget struct {
	mu   sync.Mutex
	free *sync.Cond
	left int
	all  int
}

func newBudget(bytes int) *budget {
	b := &budget{left: bytes, all: bytes}
	b.free = sync.NewCond(&b.mu)
	return b
}

// take waits until n bytes are free, or all of them where n is more than there are.
func (b *budget) take(n int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for b.left < min(n, b.all) {
		b.free.Wait()
	}
	b.left -= n
}

// give frees n bytes that were taken.
func (b *budget) give(n int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.left += n
	b.free.Signal()
}
