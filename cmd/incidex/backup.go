package main

import (
	"context"
	"encoding/json"
	"net/http"
	"path/filepath"

	"github.com/spf13/cobra"

	"incidex/httpapi"
	"incidex/search/alert"
	"incidex/search/bleveindex"
)

func newBackup(g *global) *cobra.Command {
	return &cobra.Command{
		Use:   "backup DIR",
		Short: "Copy the index, also while it is served",
		Long: `Backup makes a data folder of the index as it is now, with the decisions on
incidents. DIR must not be there yet; it appears when it is complete and was checked.
On the same disk it takes hardly any place at first: files that never change are
shared. To restore it, copy it to where the data folder is to be, or name it with
--data. Beside a server it asks that, and nothing has to stop.

` + exitCodes,
		Example: `  incidex backup /backups/2025-06-01
  incidex serve --data /backups/2025-06-01`,
		Args: args(1, 1, "a folder that is not there yet"),
		RunE: func(c *cobra.Command, a []string) error { return runBackup(c.Context(), g, a[0]) },
	}
}

func runBackup(ctx context.Context, g *global, dir string) error {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return err
	}
	var made *bleveindex.Backup
	err = g.read(true,
		func(s *bleveindex.Store) (err error) {
			made, err = backUp(s, dir)
			return err
		},
		func(r remote) (err error) {
			made, err = r.backup(ctx, dir)
			return err
		})
	if err != nil {
		return err
	}
	if g.json {
		return writeJSON(g.out, made)
	}
	say(g.toOut(), "backed up %d articles of %s to %s; %d files are shared with the index, %d copied\n", made.Articles, made.Generation, made.Dir, made.Linked, made.Copied)
	return nil
}

// backUp copies the index, the decisions on it and the alerts.
func backUp(store *bleveindex.Store, dir string) (*bleveindex.Backup, error) {
	made, err := store.Backup(dir)
	if err != nil {
		return nil, err
	}
	return made, alert.In(store.Dir()).CopyTo(made.Dir)
}

// backup has the server make a backup. It takes as long as that.
func (r remote) backup(ctx context.Context, dir string) (*bleveindex.Backup, error) {
	res, err := r.do(ctx, http.MethodPost, "backup", httpapi.BackupRequest{Dir: dir})
	if err != nil {
		return nil, err
	}
	defer res.Body.Close()
	var made bleveindex.Backup
	if err := json.NewDecoder(res.Body).Decode(&made); err != nil {
		return nil, r.brokenOff(err)
	}
	return &made, nil
}
