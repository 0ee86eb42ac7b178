package indexer

import (
	"os"
	"runtime"
	"runtime/debug"
)

const (
	// garbage is how much memory a run may take before it collects garbage, in percent
	// of what is in use. Twice Go's own saves a twentieth of the time.
	garbage = 200
	// enough is the memory, in bytes and beside what was in use before, above which a
	// run collects garbage as often as it takes.
	enough = 1 << 30
)

// spendMemory trades memory for time until the function that it returns is called. The
// user's GOGC and GOMEMLIMIT outweigh it.
func spendMemory() (restore func()) {
	if os.Getenv("GOGC") != "" || os.Getenv("GOMEMLIMIT") != "" {
		return func() {}
	}
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	percent := debug.SetGCPercent(garbage)
	limit := debug.SetMemoryLimit(int64(m.HeapInuse) + enough)
	return func() {
		debug.SetGCPercent(percent)
		debug.SetMemoryLimit(limit)
	}
}
