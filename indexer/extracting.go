package indexer

import (
	"context"
	"strings"

	"incidex/data"
	"incidex/indexer/extract"
)

// commandMark stands between the versions of the rules and of a command.
const commandMark = "+"

// current reports whether what extracted an article is what does so in this run. What a
// command told stays where the run has none.
func (r *run) current(extractor string) bool {
	if r.options.Command == nil {
		extractor, _, _ = strings.Cut(extractor, commandMark)
	}
	return extractor == r.version
}

// extract finds what an article says.
func (r *run) extract(w *work) {
	w.foreign = !tellLanguage(&w.doc.Article)
	if r.asker != nil {
		w.asked = r.asker.ask(&w.doc.Article)
	}
	if r.asker != nil && r.asker.Only {
		w.doc.Mentions = extract.Given(&w.doc.Article)
	} else {
		w.doc.Mentions = r.Extractor.Extract(&w.doc.Article)
	}
	w.signed = sign(w.doc)
}

// answer adds what the command says of an article. One without an answer is asked again
// in the next run.
func (r *run) answer(ctx context.Context, w *work) {
	r.asker.wait(ctx, w.asked)
	if !w.asked.answered {
		w.doc.Extractor, r.unanswered = extract.Version, true
		return
	}
	if len(w.asked.incidents) > 0 {
		r.asker.add(w.doc, w.asked.incidents)
		w.signed = sign(w.doc)
	}
}

// tellCommand notes what became of the command.
func (r *run) tellCommand() {
	if said := r.asker.close(); said != "" {
		r.sum.note(Problem{Path: "extractor " + r.asker.name, Reason: said})
	}
}

// fileVersion is what an index keeps of what extracted the articles of a file, at its end.
func (r *run) fileVersion(end *work) string {
	unanswered := r.unanswered
	r.unanswered = false
	switch {
	case end.end.unchanged:
		return end.file.known.Extractor
	case unanswered:
		return extract.Version
	}
	return r.version
}

// missCommand notes that articles were written without the claims of the command that
// was asked about those before.
func (r *run) missCommand(known []*data.File) {
	if r.options.Command != nil || r.sum.Indexed() == 0 {
		return
	}
	for _, f := range known {
		if strings.Contains(f.Extractor, commandMark) {
			r.sum.note(Problem{Path: "extractor", Reason: "new and changed articles have no claims of the command that an earlier run asked; name it again, and it is asked about them"})
			return
		}
	}
}
