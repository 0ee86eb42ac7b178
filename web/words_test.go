package web

import (
	"testing"

	"incidex/data"
)

func TestFormatNumber(t *testing.T) {
	for n, want := range map[float64]string{
		0: "0", 7: "7", 999: "999", 1234: "1,234", 31000: "31,000", 999_000: "999,000", 999_900: "1 million",
		1_000_000: "1 million", 7_400_000: "7.4 million", 2_612_480: "2.61 million", 145_500_000: "146 million",
		3e9: "3 billion", 1.5e12: "1.5 trillion", 12.5: "12.5", -1234: "-1,234",
	} {
		if got := FormatNumber(n); got != want {
			t.Errorf("FormatNumber(%v) = %q, want %q", n, got, want)
		}
	}
	if got := FullNumber(2_612_480); got != "2,612,480" {
		t.Errorf("FullNumber = %q", got)
	}
}

func TestFormatDate(t *testing.T) {
	for d, want := range map[data.Date]string{"": "", "2025": "2025", "2025-09": "September 2025", "2025-09-06": "6 Sep 2025", "soon": "soon"} {
		if got := FormatDate(d); got != want {
			t.Errorf("FormatDate(%q) = %q, want %q", d, got, want)
		}
	}
}

func TestValueText(t *testing.T) {
	number := func(n float64) *float64 { return &n }
	for _, test := range []struct {
		claim data.Claim
		want  string
	}{
		{data.Claim{Field: data.Records, Number: number(2_612_480), Unit: "people", Qualifier: data.AtLeast}, "at least 2.61 million people"},
		{data.Claim{Field: data.Records, Number: number(1000), Unit: "accounts", Qualifier: data.Vague}, "in the order of 1,000 accounts"},
		{data.Claim{Field: data.Fine, Number: number(2e7), Currency: "GBP"}, "£20 million"},
		{data.Claim{Field: data.RansomPaid, Number: number(75), Currency: "BTC", Qualifier: data.About}, "about 75 BTC"},
		{data.Claim{Field: data.Sector, Value: "44"}, "Retail"},
		{data.Claim{Field: data.Country, Value: "GB"}, "United Kingdom"},
		{data.Claim{Field: data.Occurred, Value: "2024-05"}, "May 2024"},
		{data.Claim{Field: data.Victim, Value: "Acme"}, "Acme"},
		{data.Claim{Field: data.Victim, Raw: "a shop"}, "a shop"},
		{data.Claim{Field: "no field", Value: "x"}, "x"},
	} {
		if got := ValueText(test.claim); got != test.want {
			t.Errorf("got %q, want %q", got, test.want)
		}
	}
}

func TestLabels(t *testing.T) {
	for _, test := range []struct{ got, want string }{
		{FieldLabel("data_type"), "Data type"},
		{FieldLabel("source_kind"), "Kind of source"},
		{FieldLabel("no_field"), "no_field"},
		{ValueLabel("sector", "62"), "Health care"},
		{ValueLabel("source_kind", "regulator"), "Regulator"},
		{ValueLabel("language", "fr"), "French"},
		{ValueLabel("occurred", "2024-05"), "May 2024"},
		{ValueLabel("occurred", "sometime"), "sometime"},
		{ValueLabel("tag", "press"), "press"},
	} {
		if test.got != test.want {
			t.Errorf("got %q, want %q", test.got, test.want)
		}
	}
}

func TestGap(t *testing.T) {
	for _, test := range []struct {
		from, to data.Date
		want     string
	}{
		{"2025-05-02", "2025-05-03", "1 day later"},
		{"2025-05-02", "2025-06-11", "40 days later"},
		{"2025-05", "2025-06-11", "about 41 days later"},
		{"2025-04", "2025-06-11", "about 2 months later"},
		{"2024-01-05", "2025-01-05", "about 12 months later"},
		{"2013", "2016-12-14", "about 4 years later"},
		{"2025-05", "2025-05-20", ""},
		{"2025-05-20", "2025-05-20", ""},
		{"2025-05-20", "2025-05-02", ""},
		{"", "2025-05-02", ""},
	} {
		if got := gap(test.from, test.to); got != test.want {
			t.Errorf("gap(%s, %s) = %q, want %q", test.from, test.to, got, test.want)
		}
	}
}

func TestPlace(t *testing.T) {
	claims := func(numbers ...float64) []*ClaimView {
		var out []*ClaimView
		for _, n := range numbers {
			out = append(out, &ClaimView{Claim: data.Claim{Number: &n}})
		}
		return out
	}
	linear := claims(100, 150, 200)
	if place(linear) || linear[0].Place != 0 || linear[1].Place != 50 || linear[2].Place != 100 {
		t.Errorf("linear: %v, %v, %v", linear[0].Place, linear[1].Place, linear[2].Place)
	}
	log := claims(10_000, 100, 1_000_000)
	if !place(log) || log[0].Place != 50 || log[1].Place != 0 || log[2].Place != 100 {
		t.Errorf("logarithmic: %v, %v, %v", log[0].Place, log[1].Place, log[2].Place)
	}
}
