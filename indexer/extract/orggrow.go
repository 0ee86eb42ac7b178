package extract

// grow extends a name to the right over capitals and what links them.
func (o *orgRules) grow(d *document, from, to, end int, headline bool) int {
	for to < end && to-from < maxNameTokens {
		t := &d.tokens[to]
		last := &d.tokens[to-1]
		switch {
		case last.is(possessive) && !o.kinds.has(t.word):
			return to
		case last.is(dotted) && !t.is(punct) && o.domain(d.buf[last.start:last.end]):
			return to
		case o.suffix.has(t.word) && t.is(capital):
			to++
			continue
		case t.word == o.comma && to+1 < end && o.suffix.has(d.word(to+1)) && d.is(to+1, capital):
			to += 2
			continue
		case t.word == o.dot && to+1 < end && (o.suffix.has(last.word) && last.word != 0 || (last.end-last.start == 1 && last.is(capital) || o.saints.has(last.word) || last.is(dotted) && last.end-last.start <= 4) && o.proper(d, to+1) && !d.is(to+1, first)) && !d.is(to, spaced):
			// "Inc. said", "U. S. Treasury"
			if o.suffix.has(last.word) {
				return to
			}
			to++
			continue
		case t.is(punct) && t.word != o.amp:
			return to
		case o.proper(d, to) && !o.months.has(t.word) && !(o.never.has(t.word) && !o.kinds.has(t.word)):
			if t.is(hyphened) && !last.is(capital) {
				return to
			}
			if headline && o.common.has(t.word) && !o.kinds.has(t.word) && !d.inBody[t.word] {
				return to
			}
			if headline && o.common.has(t.word) && o.kinds.has(t.word) && !o.joinsKind(d, to) {
				return to
			}
			to++
			continue
		case t.is(hyphened) && !t.is(capital):
			return to
		case o.links.has(t.word):
			next := to + 1
			if d.word(next) == o.the && t.word != o.the {
				next++
			}
			if next >= end || !o.proper(d, next) || d.is(next, punct) || o.months.has(d.word(next)) || headline && o.common.has(d.word(next)) && !o.kinds.has(d.word(next)) {
				return to
			}
			if !o.linked(d, from, to, next) {
				return to
			}
			to = next + 1
			continue
		}
		return to
	}
	return to
}

// joinsKind reports whether a kind word in a headline belongs to the name before
// it: "Garland School District", but not "Equifax Bank Details Leaked".
func (o *orgRules) joinsKind(d *document, i int) bool {
	return o.strongKind(d, i) || o.kinds.has(d.word(i+1)) && o.proper(d, i+1) || d.inBody[d.word(i)]
}

func (o *orgRules) strongKind(d *document, i int) bool { return o.head.has(d.word(i)) }

// linked reports whether the linking word at token i belongs to a name.
func (o *orgRules) linked(d *document, from, i, next int) bool {
	last := d.word(i - 1)
	switch w := d.word(i); w {
	case o.of:
		return o.head.has(last) || o.kinds.has(last) || i-from > 1 && d.hitStarting(o.places, next) != nil
	case o.amp:
		return true
	case o.and:
		// "Health and Human Services": the first part is of a kind, or the last word is.
		return o.headed(d, from, i) && !d.is(i-1, possessive) || o.common.has(d.word(next)) && o.kinds.has(d.word(next+1)) && d.is(next+1, capital) || i-from == 1 && o.kinds.has(d.word(next+1)) && !o.kinds.has(last) && d.is(next+1, capital)
	case o.forWord:
		return o.head.has(last)
	case o.at:
		return o.headed(d, from, i) && next == i+1
	case o.the:
		return false
	default: // de, du, la
		return true
	}
}

// headed reports whether the tokens hold "Department of" or the like.
func (o *orgRules) headed(d *document, from, to int) bool {
	for k := from; k+1 < to; k++ {
		if o.head.has(d.tokens[k].word) && d.tokens[k+1].word == o.of {
			return true
		}
	}
	return false
}

// take records a mention of the name in the tokens [from, to).
func (o *orgRules) take(d *document, from, to int) {
	if d.tokens[from].word == o.the && from+1 < to {
		from++
	}
	if to-from == 1 {
		t := &d.tokens[from]
		if o.never.has(t.word) || o.months.has(t.word) || t.end-t.start < 2 {
			return
		}
		// "Illinois-based", "MoD-linked"
		if d.is(to, hyphened) && !d.is(to, capital) && !d.is(to, digit) {
			return
		}
	}
	if d.is(from, hyphened) && !d.is(from-1, punct) && !d.is(from-1, capital) {
		return
	}
	key := o.key(d, from, to)
	i, ok := d.orgKeys[key]
	if !ok {
		if len(d.orgs) >= maxOrgs {
			return
		}
		i = len(d.orgs)
		d.orgKeys[key] = i
		d.orgs = append(d.orgs, org{from: from, to: to, entry: -1, alias: i, key: key, incident: noIncident, class: o.classOf(d, from, to)})
		if h := d.hitStarting(o.known, from); h != nil && int(h.to) >= o.core(d, from, to) {
			d.orgs[i].entry = int(h.entry)
		}
	}
	d.orgs[i].places++
	d.places = append(d.places, place{from, to, i})
	for k := from; k < to; k++ {
		if t := &d.tokens[k]; !t.is(punct) && !t.is(first) && !o.links.has(t.word) {
			d.inBody[t.word] = true
		}
	}
}
