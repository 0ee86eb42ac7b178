package bleveindex

import "syscall"

// dropPages takes what was read of a mapped file out of this process's memory. It
// stays in the system's, from where the next access gets it back.
func dropPages(mapped []byte) {
	if len(mapped) > 0 {
		_ = syscall.Madvise(mapped, syscall.MADV_DONTNEED) // a hint: nothing is wrong without it
	}
}
