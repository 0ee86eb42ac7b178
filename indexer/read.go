package indexer

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"hash/maphash"
	"io"
	"os"
	"slices"
	"strings"

	"incidex/data"
	"incidex/indexer/reader"
)

// maxSidecar is the most bytes that a file of given fields can have.
const maxSidecar = 1 << 20

// read opens the files one after the other and sends their articles on, in order.
// Those that have to be extracted go to both channels.
func (r *run) read(ctx context.Context, files []found, ordered, extracting chan<- *work) {
	defer close(ordered)
	defer close(extracting)
	send := func(w *work) bool {
		select {
		case ordered <- w:
		case <-ctx.Done():
			return false
		}
		if w.ready != nil {
			extracting <- w // the extractors never stop before this channel is closed
		}
		return true
	}
	for _, f := range files {
		read := r.readFile
		if f.stored {
			read = r.readStored
		}
		if !read(ctx, f, send) {
			return
		}
	}
}

// readFile sends the articles of a file and its end. It returns false when the
// run is over.
func (r *run) readFile(ctx context.Context, f found, send func(*work) bool) bool {
	options := r.options.Reader
	options.Now = r.now
	if len(options.Map) == 0 {
		options.Map = keyMap(f.keys)
	}
	opened, err := f.open()
	if err != nil {
		r.bytes.Add(f.size)
		return send(&work{file: f, err: err}) && send(&work{file: f, end: &fileEnd{failed: true}})
	}
	in := newInput(ctx, opened, &r.bytes)
	defer in.Close()
	done := func(end *fileEnd) bool {
		in.skip(f.size)
		return send(&work{file: f, end: end})
	}
	end := &fileEnd{keys: keyList(options.Map)}
	if f.doubtful {
		same, err := in.same(f.known.Hash)
		if err != nil {
			return send(&work{file: f, err: err}) && done(&fileEnd{failed: true})
		}
		if same {
			end.hash, end.articles, end.problems, end.unchanged = f.known.Hash, f.known.Articles, f.known.Problems, true
			return done(end)
		}
	}
	seen := idSet{seed: maphash.MakeSeed()}
	for item, err := range reader.Read(ctx, f.path, in.source(), options) {
		if err == nil {
			err = sidecar(&item.Article, f.sidecars, options)
			if err != nil {
				end.problems++
				if !send(&work{file: f, err: err}) {
					return false
				}
			}
			err = nil
		}
		if err != nil {
			var rp *reader.Problem
			if !errors.As(err, &rp) || !rp.Note {
				end.problems++
			}
			if !send(&work{file: f, err: err}) {
				return false
			}
			continue
		}
		end.articles++
		h := contentHash(&item.Article)
		if !r.place.fresh {
			seen.add(item.Article.ID)
			seen.add(derivedID(item.Article.ID, h))
		}
		w := &work{file: f}
		if !r.unchanged(ctx, f, item, h) {
			w.doc = &data.Document{
				Article: item.Article, Hash: h, Extractor: r.version,
				Locations: []data.Location{{Path: f.path, Line: item.Line}},
			}
			w.ready = make(chan struct{})
			r.room.take(len(w.doc.Text))
		}
		if !send(w) {
			return false
		}
	}
	if ctx.Err() != nil { // what was not read is not gone
		return false
	}
	if end.hash, err = in.end(); err != nil {
		// The rest of the file is not known to be gone.
		return send(&work{file: f, err: err}) && done(&fileEnd{failed: true})
	}
	if !r.place.fresh {
		for d, err := range r.Sink.ArticlesFrom(ctx, f.path) {
			if err != nil {
				return send(&work{file: f, err: err})
			}
			if !seen.has(d.ID) {
				end.lost = append(end.lost, d.ID)
			}
		}
	}
	return done(end)
}

// keyList is a map of keys as the index keeps it.
func keyList(m map[string]string) []string {
	var list []string
	for theirs, ours := range m {
		list = append(list, theirs+"="+ours)
	}
	slices.Sort(list)
	return list
}

func keyMap(list []string) map[string]string {
	m := make(map[string]string, len(list))
	for _, key := range list {
		if i := strings.LastIndexByte(key, '='); i >= 0 {
			m[key[:i]] = key[i+1:]
		}
	}
	return m
}

// readStored sends the articles of a file as the index holds them.
func (r *run) readStored(ctx context.Context, f found, send func(*work) bool) bool {
	left := f.size // of the bytes that the progress counts
	for d, err := range r.Sink.ArticlesFrom(ctx, f.path) {
		if err != nil {
			return send(&work{file: f, err: err})
		}
		part := min(left, f.size/int64(max(1, f.known.Articles)))
		left -= part
		r.bytes.Add(part)
		if r.current(d.Extractor) {
			if !send(&work{file: f}) {
				return false
			}
			continue
		}
		again := &data.Document{Article: d.Article, Hash: d.Hash, Extractor: r.version, Locations: d.Locations}
		r.room.take(len(d.Text))
		if !send(&work{file: f, doc: again, ready: make(chan struct{})}) {
			return false
		}
	}
	r.bytes.Add(left)
	return send(&work{file: f, end: &fileEnd{hash: f.known.Hash, articles: f.known.Articles, problems: f.known.Problems, keys: f.known.Keys}})
}

// unchanged reports whether the index has an article as it is, from this file.
func (r *run) unchanged(ctx context.Context, f found, item reader.Item, hash string) bool {
	if r.place.fresh {
		return false
	}
	known, err := r.Sink.Articles(ctx, item.Article.ID, derivedID(item.Article.ID, hash))
	if err != nil {
		return false // writing it again does no harm
	}
	here := data.Location{Path: f.path, Line: item.Line}
	return slices.ContainsFunc(known, func(d *data.Document) bool {
		return d != nil && d.Hash == hash && r.current(d.Extractor) && slices.Contains(d.Locations, here)
	})
}

// derivedID is the id of an article whose own is taken by another text.
func derivedID(id, hash string) string { return id + "-" + hash[:8] }

// idSet holds 64-bit hashes of ids: of a million articles, a further id is taken for
// one of the set once in 10^12. Ids are added first and looked for then.
type idSet struct {
	seed   maphash.Seed
	hashes []uint64
	sorted bool
}

func (s *idSet) add(id string) { s.hashes = append(s.hashes, maphash.String(s.seed, id)) }

func (s *idSet) has(id string) bool {
	if !s.sorted {
		slices.Sort(s.hashes)
		s.sorted = true
	}
	_, ok := slices.BinarySearch(s.hashes, maphash.String(s.seed, id))
	return ok
}

// sidecar adds the given fields that stand in a file beside the article's.
func sidecar(a *data.Article, names []string, o reader.Options) error {
	for _, name := range names {
		raw, err := readSidecar(name)
		if os.IsNotExist(err) {
			continue
		}
		if err != nil {
			return &reader.Problem{Name: name, Reason: reason(err), Kept: true}
		}
		if *a, err = reader.Sidecar(*a, name, raw, o); err != nil {
			return err
		}
	}
	return nil
}

func readSidecar(name string) ([]byte, error) {
	f, err := openRegular(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	raw, err := io.ReadAll(io.LimitReader(f, maxSidecar+1))
	if err == nil && len(raw) > maxSidecar {
		err = errors.New("given fields of more than 1 MiB")
	}
	return raw, err
}

// contentHash is the SHA-256 of what an article says, its id left out.
func contentHash(a *data.Article) string {
	c := *a
	c.ID = ""
	var b bytes.Buffer
	if err := json.NewEncoder(&b).Encode(c); err != nil {
		b.WriteString(a.Title + "\n" + a.Text) // claims hold no value that JSON cannot write
	}
	sum := sha256.Sum256(b.Bytes())
	return hex.EncodeToString(sum[:])
}
