package indexer

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"hash"
	"io"
	"maps"
	"os"
	"slices"

	"incidex/data"
	"incidex/indexer/extract"
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
		if !r.readFile(ctx, f, send) {
			return
		}
	}
}

// readFile sends the articles of a file and its end. It returns false when the
// run is over.
func (r *run) readFile(ctx context.Context, f found, send func(*work) bool) bool {
	fail := func(err error) bool {
		return send(&work{file: f, err: err}) && send(&work{file: f, end: &fileEnd{failed: true}})
	}
	old, err := r.before(ctx, f.path)
	if err != nil {
		return fail(err)
	}
	in, err := f.open()
	if err != nil {
		return fail(err)
	}
	defer in.Close()
	sum := sha256.New()
	end := &fileEnd{}
	for item, err := range reader.Read(f.path, io.TeeReader(in, sum), r.options.Reader) {
		if err != nil {
			if !send(&work{file: f, err: err}) {
				return false
			}
			continue
		}
		if err := r.sidecar(&item.Article, f.path); err != nil && !send(&work{file: f, err: err}) {
			return false
		}
		end.articles++
		w := &work{file: f}
		h := contentHash(&item.Article)
		was := old[item.Article.ID]
		delete(old, item.Article.ID)
		if was == nil || was.Hash != h || was.Extractor != extract.Version {
			w.doc = &data.Document{
				Article: item.Article, Hash: h, Extractor: extract.Version,
				Locations: []data.Location{{Path: f.path, Line: item.Line}},
			}
			w.ready = make(chan struct{})
		}
		if !send(w) {
			return false
		}
	}
	_, _ = io.Copy(sum, in) // what a reader left, for the hash
	end.hash = hexSum(sum)
	end.lost = slices.Collect(maps.Values(old))
	return send(&work{file: f, end: end})
}

// before returns what the index holds of a file, by article id.
func (r *run) before(ctx context.Context, path string) (map[string]*data.Document, error) {
	if r.place.fresh {
		return nil, nil
	}
	docs, err := r.Sink.ArticlesFrom(ctx, path)
	if err != nil {
		return nil, err
	}
	old := make(map[string]*data.Document, len(docs))
	for _, d := range docs {
		old[d.ID] = d
	}
	return old, nil
}

// sidecar adds the given fields that stand in a file beside the article's.
func (r *run) sidecar(a *data.Article, path string) error {
	for _, name := range reader.Sidecars(path) {
		raw, err := os.ReadFile(name)
		if os.IsNotExist(err) {
			continue
		}
		if err != nil {
			return err
		}
		if len(raw) > maxSidecar {
			return &reader.Problem{Name: name, Reason: "given fields of more than 1 MiB"}
		}
		if *a, err = reader.Sidecar(*a, name, raw, r.options.Reader); err != nil {
			return err
		}
	}
	return nil
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

func hexSum(h hash.Hash) string { return hex.EncodeToString(h.Sum(nil)) }
