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
)

// Watcher calls for a run when something changes below folders.
type Watcher struct {
	// Roots are the folders.
	Roots []string
	// Poll looks at all folders in this interval instead of asking the operating
	// system; 0 means to ask, as network drives cannot.
	Poll time.Duration
	// Changed is called, from one goroutine, with the folders that changed.
	Changed func(ctx context.Context, paths []string)
	Log     *slog.Logger
}

// Run watches until ctx ends, and calls Changed with all roots first.
func (w Watcher) Run(ctx context.Context) error {
	w.Changed(ctx, w.Roots)
	if w.Poll > 0 {
		tick := time.NewTicker(w.Poll)
		defer tick.Stop()
		for {
			select {
			case <-ctx.Done():
				return nil
			case <-tick.C:
				w.Changed(ctx, w.Roots)
			}
		}
	}
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
	w.Changed(ctx, w.Roots) // what changed while the watches were set
	return w.follow(ctx, n)
}

// follow gathers events until it is quiet.
func (w Watcher) follow(ctx context.Context, n *fsnotify.Watcher) error {
	var changed []string
	var since time.Time
	timer := time.NewTimer(time.Hour)
	timer.Stop()
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
			return nil
		case e, ok := <-n.Events:
			if !ok {
				return nil
			}
			if e.Op == fsnotify.Chmod || strings.HasPrefix(filepath.Base(e.Name), ".") {
				continue
			}
			if e.Has(fsnotify.Create) {
				if info, err := os.Stat(e.Name); err == nil && info.IsDir() {
					if err := watchBelow(n, e.Name); err != nil {
						w.Log.Warn("folder is not watched", "path", e.Name, "error", err)
					}
				}
			}
			note(existing(filepath.Dir(e.Name), w.Roots))
		case err, ok := <-n.Errors:
			if !ok {
				return nil
			}
			if !errors.Is(err, fsnotify.ErrEventOverflow) {
				w.Log.Warn("watching failed; looking at all folders", "error", err)
			}
			note(w.Roots...)
		case <-timer.C:
			paths := changed
			changed = nil
			w.Changed(ctx, paths)
		}
	}
}

// existing returns the nearest folder at or above path that is there, and not
// above its root.
func existing(path string, roots []string) string {
	for under(path, roots) {
		if _, err := os.Stat(path); err == nil {
			return path
		}
		path = filepath.Dir(path)
	}
	return path
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
