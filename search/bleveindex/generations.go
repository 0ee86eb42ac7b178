package bleveindex

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"incidex/search"
)

const (
	currentFile      = "CURRENT"
	generationPrefix = "gen-"
	// unfinishedSuffix ends the name of the file that stands beside a generation from
	// before its first byte until it is complete, and again while it is deleted.
	unfinishedSuffix = ".unfinished"
)

// Generations lists the generations of a data folder, oldest first.
func Generations(dir string) ([]string, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, fmt.Errorf("list generations: %w", err)
	}
	var names []string
	for _, e := range entries {
		if e.IsDir() && strings.HasPrefix(e.Name(), generationPrefix) {
			names = append(names, e.Name())
		}
	}
	slices.Sort(names)
	return names, nil
}

// Finished reports whether a generation was once complete.
func Finished(dir, name string) bool {
	_, err := os.Stat(filepath.Join(dir, name+unfinishedSuffix))
	return errors.Is(err, os.ErrNotExist)
}

// begin marks a generation as unfinished.
func begin(dir, name string) error {
	if err := os.WriteFile(filepath.Join(dir, name+unfinishedSuffix), nil, 0o644); err != nil {
		return fmt.Errorf("begin generation: %w", err)
	}
	return nil
}

// finish takes back what begin did; a generation that is not marked stays so.
func finish(dir, name string) error {
	if err := os.Remove(filepath.Join(dir, name+unfinishedSuffix)); !errors.Is(err, os.ErrNotExist) {
		return err
	}
	return nil
}

// removeGeneration deletes a generation's files. Cut off, it leaves one that is unfinished.
func removeGeneration(dir, name string) error {
	_ = begin(dir, name) // a full disk must not keep the files on it
	return errors.Join(os.RemoveAll(filepath.Join(dir, name)), finish(dir, name))
}

// Left lists the generations that processes which were cut off have left in the folder,
// and what they wrote to be renamed.
func (s *Store) Left() ([]string, error) {
	generations, files, err := s.left()
	return slices.Concat(generations, files), err
}

func (s *Store) left() (generations, files []string, err error) {
	names, err := Generations(s.dir)
	if err != nil {
		return nil, nil, err
	}
	used := s.Current().name
	generations = slices.DeleteFunc(names, func(name string) bool { return name == used || Finished(s.dir, name) })
	for _, pattern := range []string{currentFile + "-*", filepath.Join(generationPrefix+"*", checkedFile+"-*"), generationPrefix + "*" + unfinishedSuffix} {
		found, _ := filepath.Glob(filepath.Join(s.dir, pattern)) // the pattern is a good one
		for _, path := range found {
			name, mark := strings.CutSuffix(filepath.Base(path), unfinishedSuffix)
			if !mark || name != used && !exists(s.dir, name) {
				rel, _ := filepath.Rel(s.dir, path) // it is below it
				files = append(files, rel)
			}
		}
	}
	return generations, files, nil
}

// RemoveUnfinished deletes what Left lists. Writers call it between two runs.
func (s *Store) RemoveUnfinished() error {
	generations, files, err := s.left()
	for _, name := range generations {
		err = errors.Join(err, removeGeneration(s.dir, name))
	}
	for _, name := range files {
		err = errors.Join(err, os.Remove(filepath.Join(s.dir, name)))
	}
	if err != nil {
		return fmt.Errorf("remove what was cut off: %w", err)
	}
	return nil
}

// Settle makes the generation that is used in place of a damaged one the current one.
func (s *Store) Settle() error {
	if name, err := readCurrent(s.dir); err == nil && name == s.Current().name {
		return nil
	}
	return writeCurrent(s.dir, s.Current().name)
}

// CheckOlder opens every other finished generation, checks the sums of its files and says
// which cannot be used.
func (s *Store) CheckOlder() ([]Fault, error) {
	names, err := Generations(s.dir)
	if err != nil {
		return nil, err
	}
	var out []Fault
	for _, name := range names {
		if name == s.Current().name || !Finished(s.dir, name) {
			continue
		}
		g, err := openGeneration(s.dir, name, Options{ReadOnly: true, Verify: true})
		if err == nil {
			err = g.Close()
		}
		if err != nil {
			out = append(out, Fault{"generation", name, err.Error()})
		}
	}
	return out, nil
}

// CurrentName is the name of the generation that a data folder is set to.
func CurrentName(dir string) (string, error) { return readCurrent(dir) }

// Select sets the generation that is used from the next opening on. The folder
// must not be open. The generation is tried first.
func Select(ctx context.Context, dir, name string) error {
	return withLock(dir, func() error {
		switch {
		case !isGeneration(name) || !exists(dir, name):
			return fmt.Errorf("%w: no generation %s in %s", search.ErrNotFound, name, dir)
		case !Finished(dir, name):
			return fmt.Errorf("%w: %s was never finished", search.ErrInvalid, name)
		}
		g, err := openGeneration(dir, name, Options{ReadOnly: true, Verify: true})
		if err != nil {
			return err
		}
		if err := g.Close(); err != nil {
			return err
		}
		return writeCurrent(dir, name)
	})
}

// Remove deletes a generation that is not the current one. The folder must not be open.
func Remove(dir, name string) error {
	return withLock(dir, func() error {
		current, err := readCurrent(dir)
		switch {
		case err != nil:
			return err
		case name == current:
			return fmt.Errorf("%w: %s is the current generation; use another one first", search.ErrInvalid, name)
		case !isGeneration(name) || !exists(dir, name):
			return fmt.Errorf("%w: no generation %s in %s", search.ErrNotFound, name, dir)
		}
		return removeGeneration(dir, name)
	})
}

func withLock(dir string, f func() error) error {
	if !HasIndex(dir) {
		return fmt.Errorf("%w in %s", ErrNoIndex, dir)
	}
	held, err := lock(dir, true, Holder{PID: os.Getpid(), Command: "generations", Since: time.Now().UTC()})
	if err != nil {
		return err
	}
	defer held.Close()
	return f()
}

// exists reports whether there is a generation of this name on disk.
func exists(dir, name string) bool {
	_, err := os.Stat(filepath.Join(dir, name))
	return err == nil
}

func isGeneration(name string) bool {
	return strings.HasPrefix(name, generationPrefix) && name == filepath.Base(name)
}

func readCurrent(dir string) (string, error) {
	raw, err := os.ReadFile(filepath.Join(dir, currentFile))
	if err != nil {
		return "", err
	}
	name := strings.TrimSpace(string(raw))
	if !isGeneration(name) {
		return "", &DamagedError{Path: filepath.Join(dir, currentFile), Err: fmt.Errorf("it names %q, which is no generation", name)}
	}
	return name, nil
}

// writeCurrent names the current generation, at once or not at all.
func writeCurrent(dir, name string) error {
	tmp, err := os.CreateTemp(dir, currentFile+"-*")
	if err != nil {
		return fmt.Errorf("name generation: %w", err)
	}
	defer os.Remove(tmp.Name())
	_, err = tmp.WriteString(name + "\n")
	err = errors.Join(err, tmp.Chmod(0o644), tmp.Sync(), tmp.Close()) // as readable as the lock
	if err == nil {
		err = os.Rename(tmp.Name(), filepath.Join(dir, currentFile))
	}
	if err != nil {
		return fmt.Errorf("name generation: %w", err)
	}
	return nil
}
