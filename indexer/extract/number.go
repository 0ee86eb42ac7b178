package extract

import (
	"strings"

	"incidex/data"
)

// numberKind tells what a number in the text is.
type numberKind uint8

const (
	// plain: a count of something.
	plain numberKind = iota
	// money: an amount of a currency.
	money
	// year: a calendar year.
	year
	// size: bytes of storage.
	size
	// percent: a share.
	percent
	// duration: days, hours, years.
	duration
	// label: an age, a date, a version, a telephone number, a rank: no quantity.
	label
)

// number is a number as written, without its unit.
type number struct {
	// from and to are its tokens, without the qualifier but with a currency mark.
	from, to int
	value    float64
	// high is the upper end of a range, 0 when there is none.
	high      float64
	kind      numberKind
	qualifier data.Qualifier
	// begin is the first token of the qualifier, from when there is none.
	begin int
	// currency is set for money.
	currency string
	// total says that the number is the whole of which another one is a part: "of its 8 million".
	total bool
}

// numberRules read numbers as news writes them.
type numberRules struct {
	small                    map[int32]float64 // one, two ... ninety
	scale                    map[int32]float64 // hundred, thousand, million
	magnitude                map[int32]float64 // thousands, millions
	before, after            kind
	currencies               kind
	codes                    []string
	months, periods, sizes   wordSet
	versions, notCount       wordSet
	a, of, half, and, to     int32
	between, from, few, some int32
	hundred, dot, comma, pct int32
	plus, dash, endash, open int32
	apostrophe, quote        int32
	units                    wordSet
	several                  wordSet
	// begins are the words that numbers begin with.
	begins wordSet
}

func newNumberRules(b *builder) *numberRules {
	n := &numberRules{small: map[int32]float64{}, scale: map[int32]float64{}, magnitude: map[int32]float64{}}
	for i, w := range strings.Fields("one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen") {
		n.small[b.word(w)] = float64(i + 1)
	}
	for i, w := range strings.Fields("twenty thirty forty fifty sixty seventy eighty ninety") {
		n.small[b.word(w)] = float64(10 * (i + 2))
	}
	for _, s := range []struct {
		words string
		value float64
	}{{"hundred", 1e2}, {"thousand", 1e3}, {"million mn mln mil", 1e6}, {"billion bn", 1e9}, {"trillion", 1e12}, {"lakh", 1e5}, {"crore", 1e7}, {"dozen", 12}} {
		for _, w := range strings.Fields(s.words) {
			n.scale[b.word(w)] = s.value
		}
	}
	for w, v := range map[string]float64{"dozens": 12, "hundreds": 1e2, "thousands": 1e3, "millions": 1e6, "billions": 1e9, "lakhs": 1e5, "crores": 1e7, "tens": 10, "scores": 20} {
		n.magnitude[b.word(w)] = v
	}
	n.before = b.kind()
	for q, phrases := range map[data.Qualifier][]string{
		data.AtLeast: {"more than", "over", "at least", "upwards of", "upward of", "in excess of", "exceeding", "north of", "no fewer than", "no less than", "not less than", "a minimum of", "excess of", "greater than", "well over", "just over", "exceeds", "exceed", "exceeded", ">", "above", "a further", "surpassing"},
		data.UpTo:    {"up to", "as many as", "under", "fewer than", "less than", "at most", "no more than", "not more than", "a maximum of", "maximum of", "just under", "<", "potentially up to", "upto", "as much as", "below"},
		data.About:   {"about", "around", "approximately", "roughly", "some", "nearly", "almost", "an estimated", "estimated", "close to", "approx .", "approx", "circa", "~", "more or less", "an approximate", "somewhere around", "in the region of", "estimated at"},
	} {
		b.add(n.before, qualifierIndex(q), phrases...)
	}
	n.after = b.kind()
	b.add(n.after, qualifierIndex(data.AtLeast), "or more", "+", "plus", "and counting")
	b.add(n.after, qualifierIndex(data.UpTo), "or fewer", "or less", "at most")
	b.add(n.after, qualifierIndex(data.About), "or so")
	n.currencies = b.kind()
	for _, c := range []struct{ code, words string }{
		{"USD", "$|us $|usd|dollars|dollar|us dollars|u.s . dollars"}, {"GBP", "£|gbp|pounds|pound|sterling"}, {"EUR", "€|eur|euros|euro"},
		{"BTC", "btc|bitcoin|bitcoins|₿"}, {"XMR", "xmr|monero"}, {"ETH", "eth|ether|ethereum"}, {"JPY", "¥|jpy|yen"}, {"KRW", "₩|krw|won"},
		{"INR", "₹|rs|rs .|inr|rupees|rupee"}, {"AUD", "a $|au $|aud|australian dollars"}, {"CAD", "c $|ca $|cad|canadian dollars"},
		{"CHF", "chf|francs|swiss francs"}, {"CNY", "rmb|cny|yuan"}, {"SEK", "sek|kronor"}, {"NOK", "nok|kroner"}, {"SGD", "s $|sgd"},
		{"TWD", "t $|nt $|twd"}, {"HKD", "hk $|hkd"}, {"NZD", "nz $|nzd"}, {"BRL", "r $|brl|reais"}, {"RUB", "rub|rubles|roubles"},
		{"ZAR", "zar|rand"}, {"PLN", "pln|zloty"}, {"TRY", "lira|liras"}, {"USDT", "usdt|tether"},
	} {
		b.add(n.currencies, len(n.codes), strings.Split(c.words, "|")...)
		n.codes = append(n.codes, c.code)
	}
	n.apostrophe, n.quote = b.word("'"), b.word("’")
	n.months = b.set("january february march april may june july august september october november december jan feb mar apr jun jul aug sep sept oct nov dec")
	n.periods = b.set("day days week weeks month months year years hour hours minute minutes second seconds decade decades hrs mins yrs quarter quarters")
	n.sizes = b.set("gb tb mb kb pb gigabytes gigabyte terabytes terabyte megabytes megabyte kilobytes petabytes petabyte bytes bits bit gbps mbps tbps gigabit gigabits gig gigs")
	n.versions = b.set("version versions v windows ios android macos office chrome firefox release build php java drupal wordpress joomla top phase type covid level section sections article articles chapter page port ports rule title part generation day number no room suite kb form stage tls ssl ipv python exchange server http usb wpa")
	n.notCount = b.set("th st nd rd am pm a.m p.m x px mph km miles feet percent")
	n.several = b.set("several few many couple various multiple")
	n.a, n.of, n.half, n.and, n.to = b.word("a"), b.word("of"), b.word("half"), b.word("and"), b.word("to")
	n.between, n.from, n.few, n.some = b.word("between"), b.word("from"), b.word("few"), b.word("some")
	n.hundred, n.dot, n.comma, n.pct = b.word("hundred"), b.word("."), b.word(","), b.word("%")
	n.plus, n.dash, n.endash, n.open = b.word("+"), b.word("—"), b.word("–"), b.word("(")
	n.units = b.set("percent pct")
	n.begins = wordSet(nil).union(n.several).with(n.half).with(n.a)
	for _, words := range []map[int32]float64{n.magnitude, n.small} {
		for w := range words {
			n.begins = n.begins.with(w)
		}
	}
	return n
}

func qualifierIndex(q data.Qualifier) int {
	switch q {
	case data.AtLeast:
		return 1
	case data.UpTo:
		return 2
	case data.About:
		return 3
	}
	return 0
}

var qualifiers = [...]data.Qualifier{"", data.AtLeast, data.UpTo, data.About}

// find fills the document's numbers in order of place.
func (n *numberRules) find(d *document) {
	d.numbers = d.numbers[:0]
	for i := 0; i < len(d.tokens); {
		num, ok := n.at(d, i)
		if !ok {
			i++
			continue
		}
		next := num.to
		n.extend(d, &num)
		if d.crosses(min(num.begin, num.from), num.to) {
			i++
			continue
		}
		d.numbers = append(d.numbers, num)
		i = max(next, num.to)
	}
	n.qualify(d)
}

// crosses reports whether the tokens [from, to) reach from the title into the text.
func (d *document) crosses(from, to int) bool {
	return int(d.tokens[from].start) < d.textAt && int(d.tokens[to-1].end) > d.textAt
}

// at reads the number that begins at token i.
func (n *numberRules) at(d *document, i int) (number, bool) {
	t := &d.tokens[i]
	num := number{from: i, to: i + 1, begin: i}
	switch {
	case t.is(digit):
		v, k, ok := parseDigits(d.buf[t.start:t.end])
		if !ok {
			return num, false
		}
		num.value, num.kind = v, k
		if k == label || k == size {
			return num, true
		}
		if !n.grouped(d, &num) {
			n.gaps(d, &num)
		}
		if v := d.buf[t.start:d.tokens[num.to-1].end]; num.to == i+1 && len(v) == 4 && plainDigits(v) && num.value >= 1900 && num.value < 2100 {
			num.kind = year
		}
		n.multiply(d, &num)
	case !n.begins.has(t.word):
		return num, false
	case t.word == n.half && n.halfOf(d, &num):
	case n.magnitude[t.word] > 0:
		n.vague(d, &num)
	case t.word == n.a && (n.scale[d.word(i+1)] > 0 || d.word(i+1) == n.few && n.scale[d.word(i+2)] > 0):
		num.value, num.to = 1, i+1
		if d.word(i+1) == n.few {
			num.value, num.to, num.qualifier = 3, i+2, data.Vague
		}
		n.multiply(d, &num)
	case n.several.has(t.word) && n.scale[d.word(i+1)] > 0:
		num.value, num.qualifier = 3, data.Vague
		n.multiply(d, &num)
	case n.small[t.word] > 0:
		n.spell(d, &num)
		if num.value == 1 && num.to == i+1 {
			return num, false
		}
	default:
		return num, false
	}
	return num, true
}

// vague reads "tens of thousands", "millions", "hundreds of millions of".
func (n *numberRules) vague(d *document, num *number) {
	num.value, num.qualifier = n.magnitude[d.word(num.from)], data.Vague
	for d.word(num.to) == n.of {
		m := n.magnitude[d.word(num.to+1)]
		if m == 0 {
			return
		}
		num.value *= m
		num.to += 2
	}
}

// extend finds out what kind of number it is from its surroundings, and takes
// currency marks and the second end of a range.
func (n *numberRules) extend(d *document, num *number) {
	if num.kind == label || num.kind == size {
		return
	}
	if h := d.hitEnding(n.currencies, num.from); h != nil && (!d.tokens[h.to-1].is(first) || d.tokens[h.to-1].is(punct)) {
		num.kind, num.currency, num.from = money, n.codes[h.entry], int(h.from)
		if h.to > h.from+1 && d.tokens[h.to-1].is(spaced) && d.tokens[h.to-1].is(punct) {
			num.currency, num.from = "USD", int(h.to)-1 // the article of "a $5 fee" is of no country
		}
	} else if h := d.hitStarting(n.currencies, num.to); h != nil && !d.tokens[h.from].is(punct) {
		num.kind, num.currency, num.to = money, n.codes[h.entry], int(h.to)
	}
	num.begin = num.from
	n.rangeOf(d, num)
	prev, next := d.word(num.from-1), d.word(num.to)
	switch {
	case num.kind == money:
	case next == n.pct || n.units.has(next):
		num.kind = percent
	case d.is(num.to, hyphened) && d.is(num.from, hyphened), d.is(num.from, hyphened) && num.from > 0 && d.is(num.from-1, digit):
		num.kind = label
	case n.sizes.has(next):
		num.kind = size
	case n.periods.has(next):
		num.kind = duration
	case n.months.has(prev) && d.is(num.from-1, capital) && num.value <= 31:
		num.kind = label
	case n.months.has(prev) && num.value >= 1900 && num.value < 2100:
		num.kind = year
	case n.months.has(next) && d.is(num.to, capital) && num.value <= 31 && num.to-num.from == 1:
		num.kind = label
	case n.versions.has(prev) && num.value < 1e4 && num.to-num.from == 1 && !strings.Contains(d.text(num.from, num.to), ","):
		num.kind = label
	case n.notCount.has(next) && !d.is(num.to, spaced):
		num.kind = label
	case d.is(num.from, hyphened) && num.kind != year && num.from > 0 && !d.is(num.from-1, digit) && n.small[prev] == 0:
		num.kind = label // COVID-19, MS17-010
	case d.is(num.to, hyphened) && d.is(num.to, digit):
		num.kind = label // a telephone number
	}
}

// rangeOf takes the other end of "50,000 to 60,000", "2-3 million" and "between X and Y".
func (n *numberRules) rangeOf(d *document, num *number) {
	i := num.to
	var j int
	near := false
	switch w := d.word(i); {
	case d.is(i, hyphened) && d.is(i, digit):
		near = n.near(d, num)
		if num.value < 1000 && n.scale[d.word(i+1)] == 0 && !near {
			return
		}
		j = i
	case w == n.to || w == n.dash || w == n.endash:
		j = i + 1
	case w == n.and && (d.word(num.from-1) == n.between):
		j = i + 1
	default:
		return
	}
	if j >= len(d.tokens) || d.tokens[j].sent != d.tokens[num.from].sent {
		return
	}
	if h := d.hitStarting(n.currencies, j); h != nil && num.kind == money {
		j = int(h.to)
	}
	other, ok := n.at(d, j)
	if !ok || other.kind != plain || other.qualifier == data.Vague || other.value < 100 && !near || num.kind == year {
		return
	}
	low := num.value
	if num.to-num.from == 1 && other.to-other.from > 1 && low < 1000 && low < other.value {
		// "2 to 3 million": the scale belongs to both
		for k := other.from + 1; k < other.to; k++ {
			if s := n.scale[d.tokens[k].word]; s > 0 {
				low = scaled(low, s)
			}
		}
	}
	if other.value <= low || other.value > 1000*low {
		return
	}
	num.value, num.high, num.to = low, other.value, other.to
}

// near reports whether a number and the one that a hyphen joins to it are a range of
// what the next word counts: "60-70 students", but no "555-0142".
func (n *numberRules) near(d *document, num *number) bool {
	low, i := d.text(num.from, num.to), num.to
	return num.to == num.from+1 && plainDigits(low) && len(low) >= 2 && low[0] != '0' && len(low) <= 3 && plainDigits(d.text(i, i+1)) && len(d.text(i, i+1)) <= 3 &&
		!d.is(num.from, hyphened) && !d.is(i+1, hyphened|digit|punct) && d.is(i+1, spaced) && !d.is(i+1, capital) && !n.versions.has(d.word(num.from-1))
}

// qualify finds the words that say how numbers are meant.
func (n *numberRules) qualify(d *document) {
	for i := range d.numbers {
		num := &d.numbers[i]
		if num.kind == label || num.kind == year {
			continue
		}
		p := num.from
		if h := d.hitEnding(n.before, p); h != nil {
			num.begin = int(h.from)
			if num.qualifier == "" {
				num.qualifier = qualifiers[h.entry]
			}
			p = num.begin
		}
		if h := d.hitStarting(n.after, num.to); h != nil && num.qualifier == "" {
			num.qualifier = qualifiers[h.entry]
		}
		// "of its 8 million customers": a whole of which something is a part
		for k := p - 1; k >= 0 && k >= p-4; k-- {
			if d.tokens[k].word == n.of {
				num.total = k > 0 && d.word(k-1) != 0 && d.tokens[k-1].sent == d.tokens[p].sent && i > 0 && d.numbers[i-1].to >= k-3 && d.numbers[i-1].kind == plain && d.numbers[i-1].to <= k
				break
			}
			if d.tokens[k].is(punct) {
				break
			}
		}
	}
}
