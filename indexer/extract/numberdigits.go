package extract

import (
	"math"
	"strconv"
	"strings"
	"unicode/utf8"
)

// grouped reads digits in groups of three that a space or an apostrophe parts: "48 211"
// with a plain, a no-break, a thin or a narrow space, and "48'211". It reports whether
// there are such groups.
func (n *numberRules) grouped(d *document, num *number) bool {
	head := d.text(num.from, num.from+1)
	if len(head) > 3 || !plainDigits(head) || n.months.has(d.word(num.from-1)) || d.is(num.from-1, digit) {
		return false
	}
	value, to := num.value, num.to
	for {
		i := to
		if w := d.word(i); (w == n.apostrophe || w == n.quote) && !d.is(i, spaced) && d.is(i+1, digit) && !d.is(i+1, spaced) {
			i++
		} else if !d.is(i, digit) || !d.is(i, spaced) || d.is(i, newline) || utf8.RuneCountInString(d.buf[d.tokens[i-1].end:d.tokens[i].start]) != 1 {
			break
		}
		group := d.text(i, i+1)
		if len(group) != 3 || !plainDigits(group) {
			if d.is(i, digit) && d.is(i, spaced) {
				return false // a list of numbers
			}
			break
		}
		v, _, _ := parseDigits(group)
		value, to = value*1e3+v, i+1
	}
	if to == num.to {
		return false
	}
	num.value, num.to = value, to
	return true
}

// gaps joins numbers that were broken by a space after the comma or the point:
// "30, 000" and "10. 5 million".
func (n *numberRules) gaps(d *document, num *number) {
	i := num.to
	if i+1 >= len(d.tokens) || !d.tokens[i+1].is(digit) || !d.tokens[i+1].is(spaced) || d.tokens[i].is(spaced) {
		return
	}
	head, tail := d.buf[d.tokens[i-1].start:d.tokens[i-1].end], d.buf[d.tokens[i+1].start:d.tokens[i+1].end]
	switch {
	case d.tokens[i].word == n.comma && len(head) <= 3 && plainDigits(head) && len(tail) >= 3 && plainDigits(tail[:3]) && (len(tail) == 3 || tail[3] == ',') && !n.months.has(d.word(i-2)) && !n.listed(d, i):
		v, _, ok := parseDigits(tail)
		if ok {
			scale := 1e3
			if len(tail) == 7 {
				scale = 1e6
			}
			num.value, num.to = num.value*scale+v, i+2
			// "1, 234, 567"
			if num.to+1 < len(d.tokens) && len(tail) == 3 && d.tokens[num.to].word == n.comma && d.tokens[num.to+1].is(digit) {
				more := d.buf[d.tokens[num.to+1].start:d.tokens[num.to+1].end]
				if len(more) == 3 && plainDigits(more) {
					v, _, _ := parseDigits(more)
					num.value, num.to = num.value*1e3+v, num.to+2
				}
			}
		}
	case d.tokens[i].word == n.dot && plainDigits(head) && len(head) <= 3 && len(tail) <= 3:
		whole := head + "." + tail
		if v, _, ok := parseDigits(whole); ok && (n.scale[d.word(i+2)] > 0 || d.is(num.from-1, punct) || !plainDigits(tail)) {
			num.value, num.to = v, i+2
		}
	}
}

// listed reports whether the comma at token i stands in a list of numbers, such as
// "25, 409, 1659".
func (n *numberRules) listed(d *document, i int) bool {
	loose := func(comma, number int) bool {
		return d.word(comma) == n.comma && d.is(number, digit) && len(d.text(number, number+1)) != 3
	}
	return loose(i+2, i+3) || loose(i-2, i-3)
}

// multiply takes the words of scale that follow: "million", "hundred thousand".
func (n *numberRules) multiply(d *document, num *number) {
	for num.to < len(d.tokens) {
		s := n.scale[d.tokens[num.to].word]
		if s == 0 || num.value*s > 1e15 {
			return
		}
		num.value = scaled(num.value, s)
		num.kind = plain
		num.to++
	}
}

// halfOf reads "half a million" and "half million".
func (n *numberRules) halfOf(d *document, num *number) bool {
	to := num.from + 1
	if d.word(to) == n.a {
		to++
	}
	s := n.scale[d.word(to)]
	if s < 1e3 {
		return false
	}
	num.value, num.to = s/2, to+1
	return true
}

// spell reads numbers in words: "twenty-one", "one hundred thirteen thousand".
func (n *numberRules) spell(d *document, num *number) {
	total, group := 0.0, 0.0
	i := num.from
	for i < len(d.tokens) {
		w := d.tokens[i].word
		if v := n.small[w]; v > 0 {
			if group > 0 && int(group)%10 != 0 || i > num.from && v >= 10 && int(group)%100 != 0 {
				break
			}
			group += v
		} else if s := n.scale[w]; s > 0 && group > 0 {
			if s == 100 {
				group = scaled(group, s)
			} else {
				total, group = total+group*s, 0
			}
		} else if w == n.and && i > num.from && n.scale[d.word(i-1)] > 0 && n.small[d.word(i+1)] > 0 && n.scale[d.word(i-1)] == 100 {
			// "two hundred and five"
		} else {
			break
		}
		i++
	}
	num.value, num.to = total+group, max(i, num.from+1)
}

// parseDigits reads "1,234", "7.4m" and "143k"; the kind is label for what is no
// quantity, such as a version, and size for "70TB".
func parseDigits(s string) (float64, numberKind, bool) {
	i, points := 0, 0
	for i < len(s) && (s[i] >= '0' && s[i] <= '9' || s[i] == ',' || s[i] == '.') {
		if s[i] == '.' {
			points++
		}
		i++
	}
	num, suffix := strings.TrimSuffix(s[:i], "."), s[i:]
	if points > 1 {
		if v, ok := dottedGroups(num); ok && suffix == "" {
			return v, plain, true
		}
		return 0, label, true
	}
	v, err := strconv.ParseFloat(strings.ReplaceAll(num, ",", ""), 64)
	if err != nil {
		return 0, label, false
	}
	switch strings.ToLower(suffix) {
	case "":
		return v, plain, true
	case "k":
		return scaled(v, 1e3), plain, true
	case "m", "mn", "mil", "mln", "million":
		return scaled(v, 1e6), plain, true
	case "b", "bn", "billion":
		return scaled(v, 1e9), plain, true
	case "gb", "tb", "mb", "kb", "pb", "gbps", "mbps", "tbps":
		return v, size, true
	case "th", "st", "nd", "rd", "s":
		return v, label, true
	}
	return 0, label, false
}

// dottedGroups reads "1.234.567"; four groups can be an address, and are none.
func dottedGroups(s string) (float64, bool) {
	groups := strings.Split(s, ".")
	value := 0.0
	for i, g := range groups {
		if len(g) != 3 && (i > 0 || len(g) > 3 || g == "") || !plainDigits(g) {
			return 0, false
		}
		v, _ := strconv.ParseFloat(g, 64)
		value = value*1e3 + v
	}
	return value, len(groups) == 3
}

// scaled multiplies without the error of binary fractions: 8.2 million is whole.
func scaled(v, by float64) float64 { return math.Round(v*by*1e3) / 1e3 }

func plainDigits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}
