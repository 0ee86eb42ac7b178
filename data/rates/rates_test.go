package rates

import (
	"math"
	"strings"
	"testing"
)

func TestToDollars(t *testing.T) {
	for _, test := range []struct {
		amount   float64
		currency string
		year     int
		want     float64
		ok       bool
	}{
		{100, "USD", 1999, 100, true}, {100, "EUR", 2020, 114.16, true}, {1_144_000, "KRW", 2021, 1000, true},
		{2, "BTC", 2017, 8000, true}, {5, "ETH", 2009, 0, false}, {5, "EUR", 1990, 0, false}, {5, "XXX", 2020, 0, false}, {5, "", 2020, 0, false},
	} {
		got, ok := ToDollars(test.amount, test.currency, test.year)
		if ok != test.ok || math.Abs(got-test.want) > .01 {
			t.Errorf("%g %s of %d: %g %v, want %g %v", test.amount, test.currency, test.year, got, ok, test.want, test.ok)
		}
	}
}

// TestTable holds that the table is whole: every state currency has a rate for every
// year, no rate jumps as a slip of the point would, and lines are in order.
func TestTable(t *testing.T) {
	before := ""
	for line := range strings.Lines(table) {
		currency, _, _ := strings.Cut(line, "\t")
		if strings.HasPrefix(line, "#") || currency == "currency" {
			continue
		}
		if currency <= before {
			t.Errorf("%s stands after %s", currency, before)
		}
		before = currency
		if !strings.Contains(line, "\tper_dollar\t") {
			continue
		}
		last := 0.0
		for year := 2004; year <= 2025; year++ {
			rate, ok := dollars()[key{currency, year}]
			if !ok {
				t.Errorf("no rate for %s in %d", currency, year)
			}
			if last > 0 && (rate > 2*last || rate < last/2) {
				t.Errorf("%s goes from %g to %g in %d", currency, last, rate, year)
			}
			last = rate
		}
	}
	for _, code := range strings.Fields("USD GBP EUR BTC XMR ETH JPY KRW INR AUD CAD CHF CNY SEK NOK SGD TWD HKD NZD BRL RUB ZAR PLN TRY USDT") {
		if _, ok := dollars()[key{code, 2025}]; !ok {
			t.Errorf("no rate for %s, which extraction reads", code)
		}
	}
}

func TestParseErrors(t *testing.T) {
	for _, text := range []string{"currency\tquote\tnever\n", "currency\tquote\t2020\nEUR\tper_dollar\n", "currency\tquote\t2020\nEUR\tper_dollar\t0\n"} {
		if _, err := parse(text); err == nil {
			t.Errorf("%q is read", text)
		}
	}
}
