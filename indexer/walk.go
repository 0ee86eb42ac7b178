package indexer

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"

	"incidex/data"
	"incidex/indexer/reader"
)

// found is a file of the walk.
type found struct {
	path string // absolute, or what stands for it in the index
	// size and modTime are those of the file and its side-cars: the sum and the latest.
	size     int64
	modTime  time.Time
	sidecars []string
	open     func() (io.ReadCloser, error)
	// known is what the index knows of the file, nil for one that is new.
	known *data.File
	keys  []string // as data.File has them
	// stored says that the file need not be opened: its articles are in the index and
	// have to be extracted again.
	stored bool
	// doubtful says that nothing but the time of change differs from what is known.
	doubtful bool
}

// same reports whether a file looks as the index knows it.
func (f found) same(k *data.File) bool {
	return k != nil && k.Size == f.size && k.ModTime.Equal(f.modTime)
}

// walked is what a walk has found.
type walked struct {
	files    []found // by path, each once
	problems []Problem
	// unseen are files and folders that could not be looked at. What the index knows
	// below them may still be there.
	unseen []string
}

// walk lists the files below the roots that can be read. Hidden files and folders are
// passed over in silence, other files that are not supported and what cannot be opened
// with a problem. Links are followed to files that lie within the roots or the folders
// of within.
func walk(roots, within []string) (walked, error) {
	var w walker
	for _, root := range slices.Concat(roots, within) {
		if real, err := filepath.EvalSymlinks(root); err == nil {
			w.within = append(w.within, real)
		}
	}
	w.sidecars = map[string]fs.FileInfo{}
	for _, root := range roots {
		if err := w.root(root); err != nil {
			return walked{}, fmt.Errorf("read %s: %w", root, err)
		}
	}
	slices.SortFunc(w.files, func(a, b found) int { return strings.Compare(a.path, b.path) })
	w.files = slices.CompactFunc(w.files, func(a, b found) bool { return a.path == b.path })
	for i := range w.files {
		w.join(&w.files[i])
	}
	for name := range w.sidecars {
		w.problem(name, "given fields of a file that is not there")
	}
	return w.walked, nil
}

// walker is a walk that is under way.
type walker struct {
	walked
	within   []string // links followed
	sidecars map[string]fs.FileInfo
}

func (w *walker) root(root string) error {
	abs, err := filepath.Abs(root)
	if err != nil {
		return err
	}
	info, err := os.Stat(abs)
	if err != nil {
		return err
	}
	if !info.IsDir() {
		for _, name := range reader.Sidecars(abs) {
			if _, err := os.Lstat(name); err == nil {
				w.link(name)
			}
		}
		w.link(abs) // as it may be
		return nil
	}
	return filepath.WalkDir(behindLink(abs), func(path string, d fs.DirEntry, err error) error {
		path = filepath.Clean(path)
		switch {
		case err != nil:
			w.unread(path, err)
			if d != nil && d.IsDir() {
				return fs.SkipDir
			}
		case path != abs && strings.HasPrefix(d.Name(), "."):
			if d.IsDir() {
				return fs.SkipDir
			}
		case d.Type()&fs.ModeSymlink != 0:
			w.link(path)
		case !d.IsDir():
			if info, err := d.Info(); err != nil {
				w.unread(path, err)
			} else {
				w.file(path, info)
			}
		}
		return nil
	})
}

// behindLink is a folder to walk, which may be a link to one.
func behindLink(folder string) string {
	return strings.TrimSuffix(folder, string(filepath.Separator)) + string(filepath.Separator)
}

// link adds a link to a file, unless that lies elsewhere. A folder is read under its
// own name.
func (w *walker) link(path string) {
	real, err := filepath.EvalSymlinks(path)
	var info fs.FileInfo
	if err == nil {
		info, err = os.Stat(real)
	}
	switch {
	case errors.Is(err, fs.ErrNotExist):
		w.problem(path, "a link that leads nowhere")
	case err != nil:
		w.unread(path, err)
	case !under(real, w.within):
		w.problem(path, "a link that leads out of the folders: index what it leads to, or put a copy here")
	case !info.IsDir():
		w.file(path, info)
	}
}

// file adds a file, a side-car, or why it is neither.
func (w *walker) file(path string, info fs.FileInfo) {
	switch {
	case isSidecar(path):
		w.sidecars[path] = info
	case !reader.Supported(path):
		w.problem(path, unknownFormat)
	case info.Mode().IsRegular():
		w.files = append(w.files, found{path: path, size: info.Size(), modTime: info.ModTime(), open: func() (io.ReadCloser, error) { return openRegular(path) }})
	}
}

// join gives a file its side-cars.
func (w *walker) join(f *found) {
	for _, name := range reader.Sidecars(f.path) {
		info, ok := w.sidecars[name]
		if !ok {
			continue
		}
		delete(w.sidecars, name)
		f.sidecars = append(f.sidecars, name)
		f.size += info.Size()
		if info.ModTime().After(f.modTime) {
			f.modTime = info.ModTime()
		}
	}
}

// unread notes what could not be looked at.
func (w *walker) unread(path string, err error) {
	w.problem(path, reason(err))
	if !errors.Is(err, fs.ErrNotExist) {
		w.unseen = append(w.unseen, path)
	}
}

// unknownFormat is the reason of a file that no reader is for.
const unknownFormat = "unsupported format"

func (w *walker) problem(path, reason string) {
	w.problems = append(w.problems, Problem{Path: path, Reason: reason})
}

// openRegular opens a file that a program may read to its end: not a pipe, which
// may have no writer, nor a device. It may have become one since the walk.
func openRegular(path string) (*os.File, error) {
	f, err := os.OpenFile(path, os.O_RDONLY|syscall.O_NONBLOCK, 0)
	if err != nil {
		return nil, err
	}
	info, err := f.Stat()
	if err == nil && !info.Mode().IsRegular() {
		err = &fs.PathError{Op: "open", Path: path, Err: errors.New("no regular file")}
	}
	if err != nil {
		f.Close()
		return nil, err
	}
	return f, nil
}

func isSidecar(path string) bool {
	_, ok := reader.SidecarOf(path)
	return ok
}

// walkFS lists all files of a file system, under their names behind a prefix.
func walkFS(fsys fs.FS, prefix string) ([]found, error) {
	var files []found
	err := fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		files = append(files, found{path: prefix + name, size: info.Size(), modTime: info.ModTime(), open: func() (io.ReadCloser, error) { return fsys.Open(name) }})
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read files: %w", err)
	}
	return files, nil
}

// under reports whether a path is one of the roots or lies below one.
func under(path string, roots []string) bool {
	for _, root := range roots {
		abs, err := filepath.Abs(root)
		if err != nil {
			continue
		}
		if path == abs || strings.HasPrefix(path, strings.TrimSuffix(abs, string(filepath.Separator))+string(filepath.Separator)) {
			return true
		}
	}
	return false
}

// reason is the part of a file error that does not repeat the path.
func reason(err error) string {
	if pe, ok := err.(*fs.PathError); ok {
		return pe.Op + ": " + pe.Err.Error()
	}
	return err.Error()
}
