package indexer

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/fsnotify/fsnotify"
)

const (
	// quiet is how long nothing must change before a run starts, so that a file that
	// is being written is read once.
	quiet = 400 * time.Millisecond
	// patience is how long a run waits for quiet at most.
	patience = 5 * time.Second
	// A run that failed is repeated after firstRetry, and then after twice the time
	// before, up to lastRetry.
	firstRetry = time.Second
	lastRetry  = 10 * time.Second
)

// Watcher calls for a run when something changes below folders.
type Watcher struct {
	// Roots are the folders.
	Roots []string
	// Poll looks at all folders in this interval instead of asking the operating
	// system; 0 means to ask, as network drives cannot.
	Poll time.Duration
	// Changed is called, from one goroutine, with the folders that changed. After an
	// error, of which it has told whoever is to know, it is called with them again.
	Changed func(ctx context.Context, paths []string) error
	Log     *slog.Logger
}

// Run watches until ctx ends, and calls Changed with all roots first.
func (w Watcher) Run(ctx context.Context) error {
	if w.Poll > 0 {
		for {
			_ = w.Changed(ctx, w.Roots) // the next look is the next try
			select {
			case <-ctx.Done():
				return nil
			case <-time.After(w.Poll):
			}
		}
	}
	_ = w.Changed(ctx, w.Roots) // follow begins with all roots, too
	n, err := fsnotify.NewWatcher()
	if err != nil {
		return fmt.Errorf("watch folders: %w; --poll 30s looks at them in an interval instead", err)
	}
	defer n.Close()
	for _, root := range w.Roots {
		if err := watchBelow(n, root); err != nil {
			return fmt.Errorf("watch %s: %w; --poll 30s looks at the folders in an interval instead", root, err)
		}
	}
	w.follow(ctx, n)
	return nil
}

// follow gathers events until it is quiet. It begins with all roots, for what changed
// while the watches were set.
func (w Watcher) follow(ctx context.Context, n *fsnotify.Watcher) {
	changed := slices.Clone(w.Roots)
	var since time.Time
	retry := firstRetry
	timer := time.NewTimer(0)
	note := func(paths ...string) {
		if len(changed) == 0 {
			since = time.Now()
		}
		for _, p := range paths {
			if !slices.Contains(changed, p) {
				changed = append(changed, p)
			}
		}
		timer.Reset(max(0, min(quiet, patience-time.Since(since))))
	}
	for {
		select {
		case <-ctx.Done():
			return
		case e, ok := <-n.Events:
			if !ok {
				return
			}
			if e.Op == fsnotify.Chmod || strings.HasPrefix(filepath.Base(e.Name), ".") {
				continue
			}
			if e.Has(fsnotify.Rename) {
				unwatch(n, e.Name)
			}
			if e.Has(fsnotify.Create) {
				if info, err := os.Stat(e.Name); err == nil && info.IsDir() {
					if err := watchBelow(n, e.Name); err != nil {
						w.Log.Warn("folder is not watched", "path", e.Name, "error", err)
					}
				}
			}
			note(folderOf(e.Name, w.Roots))
		case err, ok := <-n.Errors:
			if !ok {
				return
			}
			if !errors.Is(err, fsnotify.ErrEventOverflow) {
				w.Log.Warn("watching failed; looking at all folders", "error", err)
			}
			note(w.Roots...)
		case <-timer.C:
			for i, path := range changed {
				changed[i] = existing(path, w.Roots)
			}
			slices.Sort(changed)
			changed = slices.Compact(changed)
			if retry > firstRetry { // a root that was gone may be back
				for _, root := range w.Roots {
					_ = watchBelow(n, root) // the next try is soon
				}
			}
			if err := w.Changed(ctx, changed); err != nil {
				timer.Reset(retry)
				retry = min(2*retry, lastRetry)
				continue
			}
			changed, retry = nil, firstRetry
		}
	}
}

// folderOf is the folder to look at when a file, a folder or a root has changed.
func folderOf(path string, roots []string) string {
	if dir := filepath.Dir(path); under(dir, roots) {
		return dir
	}
	return path
}

// existing returns the nearest folder at or above path that is there, its root where
// there is none.
func existing(path string, roots []string) string {
	for {
		_, err := os.Stat(path)
		dir := filepath.Dir(path)
		if err == nil || !under(dir, roots) {
			return path
		}
		path = dir
	}
}

// unwatch ends the watches of a folder that was moved, and of those below it, which would
// tell of them by the names that they had. Where they are now they are watched anew.
func unwatch(n *fsnotify.Watcher, folder string) {
	if n.Remove(folder) != nil { // no folder that was watched
		return
	}
	for _, path := range n.WatchList() {
		if under(path, []string{folder}) {
			_ = n.Remove(path) // it is gone, otherwise
		}
	}
}

// watchBelow watches a folder and all folders below it, but for hidden ones.
func watchBelow(n *fsnotify.Watcher, root string) error {
	abs, err := filepath.Abs(root)
	if err != nil {
		return err
	}
	return filepath.WalkDir(behindLink(abs), func(path string, d fs.DirEntry, err error) error {
		path = filepath.Clean(path)
		switch {
		case err != nil && path == abs:
			return err
		case err != nil:
			return fs.SkipDir
		case !d.IsDir():
			return nil
		case path != abs && strings.HasPrefix(d.Name(), "."):
			return fs.SkipDir
		}
		return n.Add(path)
	})
}
