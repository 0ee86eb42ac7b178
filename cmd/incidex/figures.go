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
	out, err := folderFigures(r.store.Dir())
	r.mu.Lock()
	defer r.mu.Unlock()
	out.RunsDone, out.RunsFailed, out.RunSeconds = r.finished, r.failed, r.took.Seconds()
	return out, err
}

// folderFigures are those of a data folder.
func folderFigures(dir string) (out httpapi.Figures, err error) {
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
