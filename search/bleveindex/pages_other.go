//go:build !linux

package bleveindex

// dropPages leaves it to the system what to keep of mapped files.
func dropPages([]byte) {}
