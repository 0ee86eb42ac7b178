package extract

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"incidex/data"
)

// TestDigitDates holds that dates in digits are read as those of an article itself are:
// one that can be two days is no more than a year, unless something tells.
func TestDigitDates(t *testing.T) {
	b := newBuilder()
	rules := newDateRules(b)
	for _, test := range []struct {
		text, published string
		want            []data.Date
	}{
		{"It began on 2025-04-05, went on to 2025/04/06 and ended on 2025.04.07.", "", []data.Date{"2025-04-05", "2025-04-06", "2025-04-07"}},
		{"The mill was shut on 05.04.2025.", "", []data.Date{"2025-04-05"}},
		{"The mill was shut on 5/4/2025.", "2025-06-10", []data.Date{"2025"}},
		{"The mill was shut on 5/4/2025.", "2025", []data.Date{"2025"}},
		{"The mill was shut on 5/4/2025.", "2025-04-20", []data.Date{"2025-04-05"}},
		{"The mill was shut on 4/5/2025.", "2025-04-20", []data.Date{"2025-04-05"}},
		{"The mill was shut on 5/4/2025 and open on 22/4/2025.", "2025-06-10", []data.Date{"2025-04-05", "2025-04-22"}},
		{"The mill was shut on 5/4/2025 and open on 5/22/2025.", "2025-06-10", []data.Date{"2025-05-04", "2025-05-22"}},
		{"The mill was shut on 05-04-2025 until 12/12/25.", "2025-06-10", []data.Date{"2025", "2025-12-12"}},
		{"The mill was shut on 5 Apr. 2024 by hand.", "2025-06-10", []data.Date{"2024-04-05"}},
		{"It runs version 2.1.14 at 10.4.20.25, and 2.1-14 of 24/7/365 wheels.", "2025-06-10", nil},
		{"It was found on 45/13/2025.", "2025-06-10", []data.Date{"2025"}},
	} {
		d := &document{lex: b.lex}
		d.reset()
		d.load(&data.Article{Text: test.text, Date: data.Date(test.published)})
		rules.read(d)
		var got []data.Date
		for _, h := range d.dates {
			got = append(got, h.value)
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%q (-want +got):\n%s", test.text, diff)
		}
	}
}
