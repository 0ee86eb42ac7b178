// Package rates turns amounts of money into US dollars at the average exchange rate
// of a year, from an embedded table (rates.tsv, whose head names the sources). It is
// for telling amounts apart by their size, not for accounts.
package rates

import (
	_ "embed"
	"fmt"
	"strconv"
	"strings"
	"sync"
)

// Dollar is the currency that others are turned into.
const Dollar = "USD"

//go:embed rates.tsv
var table string

type key struct {
	currency string
	year     int
}

// dollars is what one unit of a currency was worth in a year.
var dollars = sync.OnceValue(func() map[key]float64 {
	out, err := parse(table)
	if err != nil {
		panic(err) // the program was built with a table that its test refuses
	}
	return out
})

// ToDollars returns what an amount of a currency, an ISO 4217 code or that of a coin,
// was worth in US dollars on the average of a year, and false where the table has no
// rate for it. Dollars need no rate.
func ToDollars(amount float64, currency string, year int) (float64, bool) {
	if currency == Dollar {
		return amount, true
	}
	rate, ok := dollars()[key{currency, year}]
	return amount * rate, ok
}

// parse reads a table. Lines that begin with # are comments; the first other one
// names the years.
func parse(text string) (map[key]float64, error) {
	out := map[key]float64{}
	var years []int
	for line := range strings.Lines(text) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		cells := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		if years == nil {
			for _, c := range cells[2:] {
				year, err := strconv.Atoi(c)
				if err != nil {
					return nil, fmt.Errorf("read exchange rates: %w", err)
				}
				years = append(years, year)
			}
			continue
		}
		if len(cells) != len(years)+2 {
			return nil, fmt.Errorf("read exchange rates: %s has %d cells, want %d", cells[0], len(cells), len(years)+2)
		}
		for i, c := range cells[2:] {
			if c == "-" {
				continue
			}
			rate, err := strconv.ParseFloat(c, 64)
			if err != nil || rate <= 0 {
				return nil, fmt.Errorf("read exchange rates: %s in %d: %q is no rate", cells[0], years[i], c)
			}
			if cells[1] == "per_dollar" {
				rate = 1 / rate
			}
			out[key{cells[0], years[i]}] = rate
		}
	}
	return out, nil
}
