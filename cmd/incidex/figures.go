package main

import (
	"errors"
	"io/fs"
	"path/filepath"

	"incidex/httpapi"
	"incidex/search/alert"
	"incidex/search/bleveindex"
)

// figures are what is counted for those who watch the program.
func (r *runs) figures() (httpapi.Figures, error) {
	r.mu.Lock()
	out := httpapi.Figures{RunsDone: r.finished, RunsFailed: r.failed, RunSeconds: r.took.Seconds()}
	r.mu.Unlock()
	dir := r.store.Dir()
	names, err := bleveindex.Generations(dir)
	if err != nil {
		return out, err
	}
	out.Generations = len(names)
	err = filepath.WalkDir(dir, func(_ string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			var info fs.FileInfo
			if info, err = d.Info(); err == nil {
				out.Files++
				out.Bytes += info.Size()
			}
		}
		if errors.Is(err, fs.ErrNotExist) { // merged away meanwhile
			return nil
		}
		return err
	})
	if err != nil {
		return out, err
	}
	all, err := alert.In(dir).List()
	for _, a := range all {
		out.AlertsWaiting += a.Waiting
		out.AlertsLost += a.Lost
	}
	return out, err
}
