package main

import (
	"context"
	"errors"
	"io"
	"iter"
	"log/slog"
	"net/http/httptest"
	"strings"
	"testing"

	"incidex/data"
	"incidex/httpapi"
)

// An export that fails is never taken for a whole one.
func TestExportThatFails(t *testing.T) {
	for _, x := range []struct {
		name  string
		whole int // articles before the failure
		text  string
		want  string
	}{
		{"before the first line", 0, "", "something went wrong on the server"},
		{"on the way", 100, strings.Repeat("a", 1000), "broke off"},
	} {
		t.Run(x.name, func(t *testing.T) {
			documents := func(context.Context) iter.Seq2[*data.Document, error] {
				return func(yield func(*data.Document, error) bool) {
					for range x.whole {
						if !yield(&data.Document{Article: data.Article{ID: x.text}}, nil) {
							return
						}
					}
					yield(nil, errors.New("the disk is on fire"))
				}
			}
			handler, err := httpapi.New(httpapi.Options{Documents: documents, OwnerToken: testOwner, Log: slog.New(slog.NewTextHandler(t.Output(), nil))})
			if err != nil {
				t.Fatal(err)
			}
			server := httptest.NewUnstartedServer(handler)
			server.Config.ErrorLog = slog.NewLogLogger(slog.NewTextHandler(t.Output(), nil), slog.LevelInfo)
			server.Start()
			defer server.Close()
			err = remote{server.URL, testOwner}.export(t.Context(), io.Discard, "full=true")
			if err == nil || !strings.Contains(err.Error(), x.want) {
				t.Errorf("export: %v; want %q", err, x.want)
			}
		})
	}
}
