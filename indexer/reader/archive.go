package reader

import (
	"archive/zip"
	"compress/gzip"
	"io"
	"path"
	"strings"
)

// maxMembers is the number of files in an archive.
const maxMembers = 100_000

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
	inner := *s
	inner.file, inner.at = file, nil
	if inner.out == nil {
		inner.out = &expansion{packed: func() int64 { return packed.n }}
	}
	inner.r = &unpacked{z, inner.out}
	f.read(&inner)
	s.stopped = inner.stopped
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
	if s.out == nil {
		s.out = &expansion{packed: func() int64 { return size }}
	}
	articles := 0
	for _, f := range z.File {
		if f.FileInfo().IsDir() || hidden(f.Name) {
			continue
		}
		if _, ok := SidecarOf(f.Name); ok {
			continue
		}
		if !s.member(z, f, &articles) {
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
func (s *source) member(z *zip.Reader, f *zip.File, articles *int) bool {
	name := repair(f.Name)
	inner := &source{ctx: s.ctx, name: s.name + "/" + name, file: name, opts: s.opts, out: s.out}
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
	inner.r = &unpacked{r, s.out}
	format.read(inner)
	if s.out.add(0) != nil && !s.stopped { // whatever lies behind would not come out either
		s.fail(0, "the files behind %s were not read: the archive unpacks to more than is allowed", name)
		return false
	}
	return !s.stopped
}

// withSidecar adds the side-car of a member that is one article, if there is one.
func (s *source) withSidecar(z *zip.Reader, file string, item Item) Item {
	for _, name := range Sidecars(file) {
		f, err := s.part(z, name)
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
