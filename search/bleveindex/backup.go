package bleveindex

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/blevesearch/bleve/v2"

	"incidex/search"
)

// Backup is what a backup holds.
type Backup struct {
	Dir        string `json:"dir"`
	Generation string `json:"generation"`
	Articles   int    `json:"articles"`
	// Linked and Copied are the numbers of segments that take no place of their own, as
	// they are the same files, and of those that do.
	Linked int `json:"linked"`
	Copied int `json:"copied"`
}

// keptFiles are files of a data folder, beside generations, that a backup holds.
var keptFiles = []string{"groups.jsonl"}

// Backup makes a data folder of the current generation and of people's decisions, as
// they are now, while both are used. The folder must not be there yet; it appears when it is
// complete and was checked. On the same disk its segments are the same files: they never
// change, and stay when the index drops them.
func (s *Store) Backup(dir string) (*Backup, error) {
	out, err := s.backup(dir)
	if err != nil {
		return nil, fmt.Errorf("back up to %s: %w", dir, err)
	}
	return out, nil
}

func (s *Store) backup(dir string) (_ *Backup, err error) {
	dir, err = filepath.Abs(dir)
	if err != nil {
		return nil, err
	}
	mine, err := filepath.Abs(s.dir)
	if err != nil {
		return nil, err
	}
	if dir == mine || strings.HasPrefix(dir, mine+string(filepath.Separator)) {
		return nil, fmt.Errorf("%w: it is inside the data folder: name a folder elsewhere", search.ErrInvalid)
	}
	if _, err := os.Lstat(dir); !errors.Is(err, os.ErrNotExist) {
		return nil, fmt.Errorf("%w: it is there already: name a folder that is not", search.ErrInvalid)
	}
	s.mu.Lock()
	if err := errors.Join(s.present(), s.fallBack()); err != nil {
		s.mu.Unlock()
		return nil, err
	}
	g := s.current
	g.keepOpen()
	s.mu.Unlock()
	defer g.unpin()
	part, err := os.MkdirTemp(filepath.Dir(dir), filepath.Base(dir)+unfinishedSuffix+"-*")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(part) // nothing when it was renamed
	to := &backupFolder{from: g.path, to: filepath.Join(part, g.name)}
	if err := os.MkdirAll(filepath.Join(to.to, "store"), 0o700); err != nil {
		return nil, err
	}
	copyable, ok := g.bleve.(bleve.IndexCopyable)
	if !ok {
		return nil, errors.New("this index cannot be copied")
	}
	if err := copyable.CopyTo(to); err != nil {
		return nil, err
	}
	for _, name := range keptFiles {
		if err := copyFile(filepath.Join(s.dir, name), filepath.Join(part, name)); err != nil && !errors.Is(err, os.ErrNotExist) {
			return nil, err
		}
	}
	if err := writeCurrent(part, g.name); err != nil {
		return nil, err
	}
	copied, err := openGeneration(part, g.name, Options{ReadOnly: true, Verify: true})
	if err != nil {
		return nil, err
	}
	articles, err := copied.articles()
	if err = errors.Join(err, copied.Close()); err != nil {
		return nil, err
	}
	if err := errors.Join(os.Chmod(part, 0o755), os.Rename(part, dir)); err != nil {
		return nil, err
	}
	return &Backup{Dir: dir, Generation: g.name, Articles: articles, Linked: to.linked, Copied: to.copied}, nil
}

// articles is the number of articles that the generation holds.
func (s *Generation) articles() (int, error) {
	r, err := s.reader()
	if err != nil {
		return 0, err
	}
	defer r.Close()
	return count(r, fieldKind, kindArticle)
}

// backupFolder is where Bleve copies the files of a generation to.
type backupFolder struct {
	from, to       string
	linked, copied int
}

// GetWriter returns a new file; for a segment that can be linked it returns nil, which
// says that nothing is to be written.
func (b *backupFolder) GetWriter(name string) (io.WriteCloser, error) {
	to := filepath.Join(b.to, name)
	if filepath.Ext(name) == ".zap" {
		if os.Link(filepath.Join(b.from, name), to) == nil {
			b.linked++
			return nil, nil
		}
		b.copied++
	}
	return os.OpenFile(to, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
}

func copyFile(from, to string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	return errors.Join(err, out.Sync(), out.Close())
}
