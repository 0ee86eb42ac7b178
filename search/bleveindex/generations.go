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

// RemoveUnfinished deletes the generations that processes which were cut off have left,
// and what they wrote to be renamed. Writers call it between two runs.
func (s *Store) RemoveUnfinished() error {
	names, err := Generations(s.dir)
	if err != nil {
		return err
	}
	used := s.Current().name
	for _, name := range names {
		if name != used && !Finished(s.dir, name) {
			err = errors.Join(err, removeGeneration(s.dir, name))
		}
	}
	for _, pattern := range []string{currentFile + "-*", filepath.Join(generationPrefix+"*", checkedFile+"-*")} {
		left, _ := filepath.Glob(filepath.Join(s.dir, pattern)) // the pattern is a good one
		for _, name := range left {
			err = errors.Join(err, os.Remove(name))
		}
	}
	marks, _ := filepath.Glob(filepath.Join(s.dir, generationPrefix+"*"+unfinishedSuffix))
	for _, mark := range marks {
		if name := strings.TrimSuffix(filepath.Base(mark), unfinishedSuffix); name != used && !exists(s.dir, name) {
			err = errors.Join(err, os.Remove(mark))
		}
	}
	if err != nil {
		return fmt.Errorf("remove what was cut off: %w", err)
	}
	return nil
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
