package reader

import (
	"archive/zip"
	"compress/gzip"
	"errors"
	"io"
	"path"
	"strings"
)

// The limits of what is packed.
const (
	// maxMembers is the number of files in an archive.
	maxMembers = 100_000
	// maxExpanded is the number of bytes that a file may have unpacked.
	maxExpanded = 32 << 30
	// maxRatio is how many times larger than its packed form a file may be, once
	// it is larger than ratioFrom bytes. Text packs 3 to 30 times.
	maxRatio  = 200
	ratioFrom = 10 << 20
)

var errExpands = errors.New("it unpacks to more than is allowed")

// bounded counts what comes out of a packed file and fails when it is too much.
type bounded struct {
	r        io.Reader
	packed   func() int64 // bytes of the packed form read so far
	total    *int64       // bytes out of the whole file
	expanded int64
}

func (b *bounded) Read(p []byte) (int, error) {
	n, err := b.r.Read(p)
	b.expanded += int64(n)
	*b.total += int64(n)
	if *b.total > maxExpanded || b.expanded > ratioFrom && b.expanded > maxRatio*b.packed() {
		return 0, errExpands
	}
	return n, err
}

// counter counts the bytes that are read.
type counter struct {
	r io.Reader
	n int64
}

func (c *counter) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.n += int64(n)
	return n, err
}

// readGzip reads one packed file of another format.
func readGzip(s *source) {
	file := s.file[:len(s.file)-len(".gz")]
	f, ok := formatOf(file)
	switch {
	case ok && f.archive():
		s.fail(0, "an archive in an archive is not read")
		return
	case !ok:
		s.fail(0, "unknown format %q", path.Ext(file))
		return
	}
	packed := &counter{r: s.r}
	z, err := gzip.NewReader(packed)
	if err != nil {
		s.fail(0, "gzip: %v", err)
		return
	}
	var total int64
	inner := *s
	inner.file = file
	inner.r = &bounded{r: z, packed: func() int64 { return packed.n }, total: &total}
	f.read(&inner)
}

// readZip reads the members of an archive one after the other. Lines are the
// running numbers of the articles. A side-car in the archive goes with its file.
func readZip(s *source) {
	at, size, ok := s.randomAccess(MaxFile)
	if !ok {
		return
	}
	z, err := zip.NewReader(at, size)
	if err != nil {
		s.fail(0, "zip: %v", err)
		return
	}
	if len(z.File) > maxMembers {
		s.fail(0, "the archive has more than %d files", maxMembers)
		return
	}
	var total int64
	articles := 0
	for _, f := range z.File {
		if f.FileInfo().IsDir() || hidden(f.Name) {
			continue
		}
		if _, ok := SidecarOf(f.Name); ok {
			continue
		}
		if !s.member(z, f, &total, &articles) {
			return
		}
	}
	if articles == 0 && !s.stopped {
		s.fail(0, "the archive has no article")
	}
}

// hidden reports whether a member is one that systems add for themselves.
func hidden(name string) bool {
	return strings.HasPrefix(name, "__MACOSX/") || strings.HasPrefix(path.Base(name), ".")
}

// member reads one file of an archive and numbers its articles.
func (s *source) member(z *zip.Reader, f *zip.File, total *int64, articles *int) bool {
	name := repair(f.Name)
	inner := &source{name: s.name + "/" + name, file: name, opts: s.opts}
	inner.yield = func(item Item, err error) bool {
		if err != nil {
			return s.put(item, err)
		}
		*articles++
		if item.Line == 0 {
			item = s.withSidecar(z, f.Name, item)
		}
		item.Line = *articles
		return s.put(item, nil)
	}
	format, ok := formatOf(f.Name)
	switch {
	case !ok:
		return inner.fail(0, "unknown format %q", path.Ext(f.Name))
	case format.archive():
		return inner.fail(0, "an archive in an archive is not read")
	}
	r, err := f.Open()
	if err != nil {
		return inner.fail(0, "zip: %v", err)
	}
	defer r.Close()
	inner.r = &bounded{r: r, packed: func() int64 { return int64(f.CompressedSize64) }, total: total}
	format.read(inner)
	return !s.stopped && *total <= maxExpanded
}

// withSidecar adds the side-car of a member that is one article, if there is one.
func (s *source) withSidecar(z *zip.Reader, file string, item Item) Item {
	for _, name := range Sidecars(file) {
		f, err := member(z, name)
		if err != nil {
			continue
		}
		b, err := io.ReadAll(f)
		f.Close()
		var problems []*Problem
		if err == nil {
			item.Article, problems = sidecar(item.Article, s.name+"/"+name, b, s.opts)
		} else {
			problems = []*Problem{{Name: s.name + "/" + name, Reason: err.Error(), Kept: true}}
		}
		for _, p := range problems {
			s.put(Item{}, p)
		}
		break
	}
	return item
}
