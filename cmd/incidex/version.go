package main

import (
	"fmt"
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"

	"incidex/indexer/extract"
)

func newVersion(g *global) *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "Print the version",
		Long:  "Version prints the program's version, its extraction rules' and Go's.\n\n" + exitCodes,
		Args:  args(0, 0, "no arguments"),
		RunE:  func(*cobra.Command, []string) error { return runVersion(g) },
	}
}

// versions is what version writes in JSON.
type versions struct {
	Version string `json:"version"`
	Rules   string `json:"extraction_rules"`
	Go      string `json:"go"`
}

func runVersion(g *global) error {
	v := versions{version(), extract.Version, runtime.Version()}
	if g.json {
		return writeJSON(g.out, v)
	}
	_, err := fmt.Fprintf(g.out, "incidex %s, extraction rules %s, %s\n", v.Version, v.Rules, v.Go)
	return err
}

// version is the module's version, or the commit that it was built from.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "unknown"
	}
	if v := info.Main.Version; v != "" && v != "(devel)" {
		return v
	}
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" && len(s.Value) >= 12 {
			return s.Value[:12]
		}
	}
	return "devel"
}
