package httpapi

import "testing"

func TestExportsAtOnce(t *testing.T) {
	running := make(turns, maxExports)
	for i := range maxExports {
		if !running.take() {
			t.Errorf("export %d is refused", i+1)
		}
	}
	if running.take() {
		t.Errorf("export %d is not refused", maxExports+1)
	}
	running.give()
	if !running.take() {
		t.Error("the room of one that is done is not free")
	}
}
