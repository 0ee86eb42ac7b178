// Package parallel spreads work over the processors.
package parallel

import (
	"fmt"
	"runtime"
	"runtime/debug"
	"sync"
	"sync/atomic"
)

// Each calls do with each number from 0 to n-1, on as many goroutines as there are
// processors, and returns when all calls have returned. A call that panics, also for what
// is mapped into memory and gone, makes Each panic where it was called.
func Each(n int, do func(i int)) {
	var next atomic.Int64
	var failed atomic.Pointer[any]
	work := func() {
		defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
		defer func() {
			if r := recover(); r != nil {
				if _, fault := r.(interface{ Addr() uintptr }); !fault {
					r = fmt.Sprintf("%v\n%s", r, debug.Stack()) // it would be lost
				}
				failed.CompareAndSwap(nil, &r)
			}
		}()
		for i := int(next.Add(1)) - 1; i < n; i = int(next.Add(1)) - 1 {
			do(i)
		}
	}
	var others sync.WaitGroup
	for range min(n, runtime.GOMAXPROCS(0)) - 1 {
		others.Go(work)
	}
	work()
	others.Wait()
	if r := failed.Load(); r != nil {
		panic(*r)
	}
}

// Try is Each for calls that may fail: it returns the error of one of them, and makes
// no more calls after it.
func Try(n int, do func(i int) error) error {
	var failed atomic.Pointer[error]
	Each(n, func(i int) {
		if failed.Load() != nil {
			return
		}
		if err := do(i); err != nil {
			failed.CompareAndSwap(nil, &err)
		}
	})
	if err := failed.Load(); err != nil {
		return *err
	}
	return nil
}
