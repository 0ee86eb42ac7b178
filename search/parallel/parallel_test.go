package parallel

import (
	"errors"
	"sync/atomic"
	"testing"
)

func TestEach(t *testing.T) {
	for _, n := range []int{0, 1, 1000} {
		calls := make([]atomic.Int32, n)
		Each(n, func(i int) { calls[i].Add(1) })
		for i := range calls {
			if got := calls[i].Load(); got != 1 {
				t.Errorf("Each(%d) made %d calls with %d", n, got, i)
			}
		}
	}
}

func TestTry(t *testing.T) {
	bad := errors.New("bad")
	if err := Try(100, func(i int) error {
		if i == 50 {
			return bad
		}
		return nil
	}); err != bad {
		t.Errorf("error %v, want %v", err, bad)
	}
	if err := Try(100, func(int) error { return nil }); err != nil {
		t.Error(err)
	}
}
