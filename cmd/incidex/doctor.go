package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"path/filepath"
	"runtime"
	"time"

	"github.com/spf13/cobra"

	"incidex/httpapi"
	"incidex/indexer"
	"incidex/indexer/extract"
	"incidex/search"
	"incidex/search/bleveindex"
)

func newDoctor(g *global) *cobra.Command {
	c := &cobra.Command{
		Use:   "doctor",
		Short: "Say what there is: versions, folder, sizes, limits, last runs",
		Long: `Doctor prints what somebody who helps wants to know first. It reads little and works
beside a server; check reads all and says whether the index is whole.

` + exitCodes,
		Args: args(0, 0, "no arguments"),
		RunE: func(c *cobra.Command, _ []string) error {
			d, err := g.diagnose(c.Context())
			if err != nil {
				return err
			}
			if g.json {
				return writeJSON(g.out, d)
			}
			g.printDiagnosis(d)
			return nil
		},
	}
	return c
}

// diagnosis is what doctor found. What cannot be known is empty.
type diagnosis struct {
	Version    string `json:"version"`
	Rules      string `json:"extraction_rules"`
	Go         string `json:"go"`
	System     string `json:"system"`
	Processors int    `json:"processors"`
	Folder     string `json:"folder"`
	// Server is the address of the server that has the index open.
	Server      string                `json:"server,omitempty"`
	Generations []diagnosedGeneration `json:"generations"`
	Articles    int                   `json:"articles"`
	Incidents   int                   `json:"incidents"`
	// Decisions are those on incidents, Pending those of them that the next run follows;
	// beside a server it is not known.
	Decisions int `json:"decisions"`
	Pending   int `json:"pending_decisions"`
	// Trouble is why the index does not answer, or not from its newest generation.
	Trouble string `json:"trouble,omitempty"`
	// Runs are those since the server began, newest first.
	Runs   []httpapi.IndexRun `json:"runs,omitempty"`
	Limits []httpapi.Limit    `json:"limits"`
}

type diagnosedGeneration struct {
	Name    string    `json:"name"`
	State   string    `json:"state"` // stateInUse, stateKept or stateUnfinished
	Bytes   int64     `json:"bytes"`
	Written time.Time `json:"written"`
}

// The states of a generation.
const (
	stateInUse      = "in use"
	stateKept       = "kept"
	stateUnfinished = "unfinished"
)

// diagnose finds out what it can; an index that cannot be opened is a finding.
func (g *global) diagnose(ctx context.Context) (d diagnosis, err error) {
	d = diagnosis{
		Version: version(), Rules: extract.Version, Go: runtime.Version(), System: runtime.GOOS + "/" + runtime.GOARCH,
		Processors: runtime.GOMAXPROCS(0), Limits: httpapi.Limits(),
	}
	if d.Folder, err = filepath.Abs(g.data); err != nil {
		return d, err
	}
	if !bleveindex.HasIndex(g.data) {
		d.Trouble = fmt.Sprintf("%v in %s: make one with incidex index FOLDER", bleveindex.ErrNoIndex, g.data)
		return d, nil
	}
	if d.Generations, err = diagnoseGenerations(g.data); err != nil {
		return d, err
	}
	entries, err := indexer.JournalIn(g.data).Entries()
	if err != nil {
		return d, err
	}
	d.Decisions = len(entries)
	counted := func(e engine) error {
		all, err := e.Search(ctx, search.Request{PerPage: 1, Facets: []search.FacetRequest{}})
		if err == nil {
			d.Articles, d.Incidents = all.Total, all.Incidents
		}
		return err
	}
	err = g.read(false, func(s *bleveindex.Store) error {
		if s.Damaged != nil {
			d.Trouble = s.Damaged.Error()
		}
		followed, err := s.Current().Decisions(ctx)
		d.Pending = max(0, d.Decisions-followed)
		return errors.Join(err, counted(search.NewEngine(s)))
	}, func(r remote) error {
		d.Server = r.address
		var list struct{ Runs []httpapi.IndexRun }
		if r.token != "" {
			if err := r.call(ctx, http.MethodGet, "index-runs", nil, &list); err != nil {
				return err
			}
		}
		d.Runs = list.Runs
		return counted(r)
	})
	if err != nil {
		d.Trouble = message(err)
	}
	return d, nil
}

func diagnoseGenerations(dir string) ([]diagnosedGeneration, error) {
	current, err := bleveindex.CurrentName(dir)
	if err != nil {
		return nil, err
	}
	names, err := bleveindex.Generations(dir)
	if err != nil {
		return nil, err
	}
	out := []diagnosedGeneration{}
	for _, name := range names {
		d := diagnosedGeneration{Name: name, State: stateKept}
		if name == current {
			d.State = stateInUse
		} else if !bleveindex.Finished(dir, name) {
			d.State = stateUnfinished
		}
		err := filepath.WalkDir(filepath.Join(dir, name), func(_ string, e fs.DirEntry, err error) error {
			if err != nil || e.IsDir() {
				return err
			}
			info, err := e.Info()
			if errors.Is(err, fs.ErrNotExist) { // a server has just merged it
				return nil
			}
			if err != nil {
				return err
			}
			d.Bytes += info.Size()
			if info.ModTime().After(d.Written) {
				d.Written = info.ModTime().UTC()
			}
			return nil
		})
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, err
		}
		out = append(out, d)
	}
	return out, nil
}

func (g *global) printDiagnosis(d diagnosis) {
	out := g.toOut()
	say(out, "program    incidex %s, extraction rules %s, %s, %s, %d processors\n", d.Version, d.Rules, d.Go, d.System, d.Processors)
	say(out, "folder     %s\n", d.Folder)
	if d.Server != "" {
		say(out, "served     at %s\n", d.Server)
	}
	if d.Trouble != "" {
		say(out, "trouble    %s\n", d.Trouble)
	}
	for _, n := range d.Generations {
		say(out, "index      %s %s, %.1f MB, written %s\n", n.Name, n.State, float64(n.Bytes)/1e6, n.Written.Format(time.RFC3339))
	}
	if d.Articles > 0 {
		say(out, "holds      %d articles on %d incidents\n", d.Articles, d.Incidents)
		say(out, "decisions  %d on incidents, %d of them not followed yet\n", d.Decisions, d.Pending)
	}
	if d.Pending > 0 {
		say(out, "           the next run follows these: incidex index FOLDER\n")
	}
	for _, r := range d.Runs {
		say(out, "run %d      %s, began %s, %d new, %d updated, %d removed articles, %d problems%s\n",
			r.ID, r.State, r.Started.Format(time.RFC3339), r.New, r.Updated, r.Removed, r.Skipped+r.Partial, because(r.Error))
	}
	for _, l := range d.Limits {
		say(out, "limit      %s: %s\n", l.Name, l.Value)
	}
}

func because(reason string) string {
	if reason == "" {
		return ""
	}
	return ": " + reason
}
