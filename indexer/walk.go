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
	path    string // absolute, or what stands for it in the index
	size    int64
	modTime time.Time
	open    func() (io.ReadCloser, error)
	// stored is set on a file that need not be opened: its articles are in the index
	// and have to be extracted again.
	stored *data.File
}

// same reports whether a file looks as the index knows it.
func (f found) same(k *data.File) bool {
	return k != nil && k.Size == f.size && k.ModTime.Equal(f.modTime)
}

// walk lists the files below the roots that can be read, by path and each once. Hidden
// files and folders are passed over in silence, other files that are not
// supported and what cannot be opened with a problem.
func walk(roots []string) ([]found, []Problem, error) {
	var files []found
	var problems []Problem
	for _, root := range roots {
		abs, err := filepath.Abs(root)
		if err != nil {
			return nil, nil, fmt.Errorf("find %s: %w", root, err)
		}
		if _, err := os.Stat(abs); err != nil {
			return nil, nil, fmt.Errorf("read %s: %w", root, err)
		}
		err = filepath.WalkDir(abs, func(path string, d fs.DirEntry, err error) error {
			switch {
			case err != nil:
				problems = append(problems, Problem{Path: path, Reason: reason(err)})
				if d != nil && d.IsDir() {
					return fs.SkipDir
				}
			case path != abs && strings.HasPrefix(d.Name(), "."):
				if d.IsDir() {
					return fs.SkipDir
				}
			case d.IsDir() || isSidecar(path):
			case !reader.Supported(path):
				problems = append(problems, Problem{Path: path, Reason: "unsupported format"})
			default:
				info, err := os.Stat(path) // follows a link to a file
				if err != nil {
					problems = append(problems, Problem{Path: path, Reason: reason(err)})
				} else if info.Mode().IsRegular() {
					files = append(files, found{path: path, size: info.Size(), modTime: info.ModTime(), open: func() (io.ReadCloser, error) { return openRegular(path) }})
				}
			}
			return nil
		})
		if err != nil {
			return nil, nil, fmt.Errorf("read %s: %w", root, err)
		}
	}
	slices.SortFunc(files, func(a, b found) int { return strings.Compare(a.path, b.path) })
	files = slices.CompactFunc(files, func(a, b found) bool { return a.path == b.path })
	return files, problems, nil
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
