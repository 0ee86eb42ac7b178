package export

import (
	"slices"
	"strings"

	"incidex/data"
	"incidex/data/vocab"
)

func verisVictimOf(e *entry) verisVictim {
	out := verisVictim{Country: orUnknown(e.values(data.Country)), Industry: "00", Employees: "Unknown", Government: []string{"NA"}}
	if c, ok := e.first(data.Victim); ok {
		out.ID = c.Value
	}
	if c, ok := e.first(data.Sector); ok {
		out.Industry = c.Value
		if c.Value == publicSector {
			out.Government = unknown
		}
	}
	return out
}

// publicSector is the code of public administration.
const publicSector = "92"

var unknown = []string{"Unknown"}

// orUnknown returns the distinct values, Unknown where there are none.
func orUnknown(values []string) []string {
	values = slices.DeleteFunc(slices.Clone(values), func(v string) bool { return v == "" })
	slices.Sort(values)
	if values = slices.Compact(values); len(values) > 0 {
		return values
	}
	return unknown
}

// verisActor says who did it. A named one of no known kind is external.
func verisActor(e *entry) map[string]any {
	kinds, names := e.values(data.ActorKind), e.values(data.Actor)
	if len(kinds) == 0 && len(names) > 0 {
		kinds = []string{"external"}
	}
	out := map[string]any{}
	for _, kind := range kinds {
		block := map[string]any{"motive": orUnknown(e.values(data.Motive))}
		switch kind {
		case "external":
			var varieties []string
			for _, name := range names {
				if t, ok := vocab.Actors().Lookup(name); ok {
					varieties = append(varieties, verisActors[t.Attr("kind")])
				}
			}
			block["variety"] = orUnknown(varieties)
			if len(names) > 0 {
				block["name"] = names
			}
		case "internal":
			block["variety"] = unknown
		case "partner":
			block["country"] = unknown
		default:
			continue
		}
		out[kind] = block
	}
	if len(out) == 0 {
		out["unknown"] = map[string]any{}
	}
	return out
}

func verisAssetOf(e *entry) verisAsset {
	out := verisAsset{Cloud: unknown}
	var varieties []string
	for _, v := range e.values(data.Vector) {
		varieties = append(varieties, verisVectors[v].asset)
		if v == "Cloud storage" {
			out.Cloud = []string{"External Cloud Asset(s)"}
		}
	}
	for _, v := range orUnknown(varieties) {
		out.Assets = append(out.Assets, map[string]string{"variety": v})
	}
	return out
}

// verisImpactOf are the amounts of money where they are all of one currency that the
// schema knows: it has one for all.
func verisImpactOf(e *entry) *verisImpact {
	out := &verisImpact{Rating: "Unknown"}
	for _, f := range []data.Field{data.Fine, data.Settlement, data.RansomPaid, data.Loss} {
		c, ok := e.first(f)
		if !ok || c.Number == nil || c.Currency == "" {
			continue
		}
		if !slices.Contains(verisCurrencies, c.Currency) || out.Currency != "" && c.Currency != out.Currency {
			return nil
		}
		out.Currency = c.Currency
		switch f {
		case data.Loss:
			out.Amount = *c.Number
		case data.RansomPaid:
			out.Loss = append(out.Loss, verisLoss{"Response and recovery", *c.Number})
		default:
			out.Loss = append(out.Loss, verisLoss{"Legal and regulatory", *c.Number})
		}
	}
	if out.Currency == "" {
		return nil
	}
	return out
}

// verisAttribute says what was hurt: nil where nothing is told of it.
func verisAttribute(e *entry) map[string]any {
	out := map[string]any{}
	types, records := e.values(data.DataType), e.of(data.Records)
	if len(types) > 0 || len(records) > 0 {
		block := map[string]any{"data_disclosure": "Yes"}
		if n, ok := verisTotal(records); ok {
			block["data_total"] = n
		}
		var varieties, whose []string
		for _, t := range types {
			varieties = append(varieties, groupOf(vocab.DataTypes(), t))
		}
		for _, s := range e.values(data.DataSubject) {
			whose = append(whose, groupOf(vocab.DataSubjects(), s))
		}
		var list []map[string]string
		for _, v := range orUnknown(varieties) {
			list = append(list, map[string]string{"variety": v})
		}
		block["data"], block["data_victim"] = list, orUnknown(whose)
		out["confidentiality"] = block
	}
	var lost, altered []string
	for _, a := range e.values(data.Attack) {
		lost = append(lost, nonEmpty(verisAttacks[a].availability)...)
		altered = append(altered, nonEmpty(verisAttacks[a].integrity)...)
	}
	if len(lost) > 0 {
		out["availability"] = map[string]any{"variety": orUnknown(lost)}
	}
	if len(altered) > 0 {
		out["integrity"] = map[string]any{"variety": orUnknown(altered)}
	}
	if len(out) == 0 {
		return nil
	}
	return out
}

// verisTotal is the number of records, and false where something else was counted.
func verisTotal(records []data.SourcedClaim) (int64, bool) {
	for _, c := range records {
		if c.Number != nil && c.Unit != "bytes" && c.Unit != "files" && *c.Number < maxRecords {
			return int64(*c.Number), true
		}
	}
	return 0, false
}

// maxRecords is more than any incident has; what is larger is no whole number in JSON.
const maxRecords = 1 << 53

func groupOf(t *vocab.Table, value string) string {
	if term, ok := t.Lookup(value); ok && term.Group != "" {
		return term.Group
	}
	return "Other"
}

// verisAction says what was done, with its kinds and ways.
func verisAction(e *entry) map[string]any {
	varieties := map[string][]string{}
	for _, a := range e.values(data.Action) {
		varieties[a] = append(varieties[a], "")
	}
	for _, a := range e.values(data.Attack) {
		action := groupOf(vocab.Attacks(), a)
		varieties[action] = append(varieties[action], verisAttacks[a].variety)
	}
	out := map[string]any{}
	for action, list := range varieties {
		if !slices.Contains(verisActions, action) {
			continue
		}
		block := map[string]any{"variety": orUnknown(list)}
		if action != "environmental" {
			var ways []string
			for _, v := range e.values(data.Vector) {
				ways = append(ways, verisVectors[v].way[action])
			}
			block["vector"] = orUnknown(ways)
		}
		switch action {
		case "social":
			block["target"] = unknown
		case "malware":
			if names := e.values(data.Malware); len(names) > 0 {
				block["name"] = strings.Join(names, ", ")
			}
		case "hacking":
			if cves := e.values(data.CVE); len(cves) > 0 {
				block["cve"] = strings.Join(cves, ", ")
			}
		}
		out[action] = block
	}
	if len(out) == 0 {
		out["unknown"] = map[string]any{}
	}
	return out
}

var verisActions = []string{"hacking", "malware", "social", "misuse", "physical", "error", "environmental"}
