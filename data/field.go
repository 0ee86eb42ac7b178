package data

// Field names what a claim is about.
type Field string

// The fields, in the order in which they are shown.
const (
	Victim         Field = "victim"
	Parent         Field = "parent"
	Brand          Field = "brand"
	Supplier       Field = "supplier"
	Sector         Field = "sector"
	Country        Field = "country"
	Action         Field = "action"
	Attack         Field = "attack"
	Vector         Field = "vector"
	Actor          Field = "actor"
	ActorKind      Field = "actor_kind"
	Motive         Field = "motive"
	Records        Field = "records"
	DataType       Field = "data_type"
	DataSubject    Field = "data_subject"
	Occurred       Field = "occurred"
	Discovered     Field = "discovered"
	Disclosed      Field = "disclosed"
	Notified       Field = "notified"
	RansomDemanded Field = "ransom_demanded"
	RansomPaid     Field = "ransom_paid"
	Fine           Field = "fine"
	Settlement     Field = "settlement"
	Loss           Field = "loss"
	CVE            Field = "cve"
	Malware        Field = "malware"
	Law            Field = "law"
	RegulatorField Field = "regulator"
	Response       Field = "response"
	Consequence    Field = "consequence"
)

// Kind says what the values of a field are.
type Kind int

// The kinds of fields.
const (
	// Name is an organisation, group or person: an open vocabulary of proper names.
	Name Kind = iota
	// Code is a value of a closed vocabulary.
	Code
	// Count is an integer with a unit and a qualifier.
	Count
	// Money is an amount with a currency.
	Money
	// When is a partial date.
	When
)

// FieldInfo describes a field.
type FieldInfo struct {
	Field Field
	Kind  Kind
	// Label is what a reader sees, in the singular and in sentence case.
	Label string
	// Plural is the label of a list or facet.
	Plural string
	// Group is the heading under which the field is compared.
	Group string
	// Many says that an incident can have several values at once without conflict.
	Many bool
	// Aliases are other names that a query may use.
	Aliases []string
}

// Units are what a claim of Records can count, as its Unit has it.
var Units = []string{"people", "accounts", "records", "email addresses", "cards", "social security numbers", "files", "bytes"}

// The headings of a comparison, in order.
const (
	GroupWhat        = "What happened"
	GroupWho         = "Who"
	GroupData        = "What data"
	GroupHowMany     = "How many"
	GroupWhen        = "When"
	GroupResponse    = "Response"
	GroupConsequence = "Consequences"
)

// Fields describes every field, in the order in which they are shown.
var Fields = []FieldInfo{
	{Victim, Name, "Victim", "Victims", GroupWho, false, []string{"organization", "organisation", "company", "org"}},
	{Parent, Name, "Parent company", "Parent companies", GroupWho, false, []string{"owner", "group"}},
	{Brand, Name, "Brand", "Brands", GroupWho, true, []string{"brands"}},
	{Supplier, Name, "Supplier", "Suppliers", GroupWho, true, []string{"third_party", "vendor"}},
	{Sector, Code, "Sector", "Sectors", GroupWho, false, []string{"industry"}},
	{Country, Code, "Country", "Countries", GroupWho, true, []string{"countries", "nation"}},
	{Action, Code, "Action", "Actions", GroupWhat, true, nil},
	{Attack, Code, "Attack", "Attacks", GroupWhat, true, []string{"attack_type", "type"}},
	{Vector, Code, "Vector", "Vectors", GroupWhat, true, nil},
	{Actor, Name, "Threat actor", "Threat actors", GroupWhat, true, []string{"threat_actor", "attacker", "hacker", "gang"}},
	{ActorKind, Code, "Kind of actor", "Kinds of actors", GroupWhat, true, nil},
	{Motive, Code, "Motive", "Motives", GroupWhat, true, nil},
	{Records, Count, "Records affected", "Records affected", GroupHowMany, false, []string{"affected", "count", "people", "accounts"}},
	{DataType, Code, "Data type", "Data types", GroupData, true, []string{"data", "data_types", "datatype"}},
	{DataSubject, Code, "Whose data", "Whose data", GroupData, true, []string{"subject", "data_subjects"}},
	{Occurred, When, "Occurred", "Occurred", GroupWhen, false, []string{"happened", "when"}},
	{Discovered, When, "Discovered", "Discovered", GroupWhen, false, []string{"detected"}},
	{Disclosed, When, "Disclosed", "Disclosed", GroupWhen, false, []string{"announced"}},
	{Notified, When, "People notified", "People notified", GroupWhen, false, nil},
	{RansomDemanded, Money, "Ransom demanded", "Ransoms demanded", GroupConsequence, false, []string{"ransom"}},
	{RansomPaid, Money, "Ransom paid", "Ransoms paid", GroupConsequence, false, nil},
	{Fine, Money, "Fine", "Fines", GroupConsequence, false, []string{"penalty"}},
	{Settlement, Money, "Settlement", "Settlements", GroupConsequence, false, nil},
	{Loss, Money, "Loss", "Losses", GroupConsequence, false, []string{"cost"}},
	{CVE, Code, "Vulnerability", "Vulnerabilities", GroupWhat, true, []string{"vulnerability"}},
	{Malware, Name, "Malware", "Malware", GroupWhat, true, nil},
	{Law, Code, "Law", "Laws", GroupResponse, true, []string{"laws", "regulation"}},
	{RegulatorField, Code, "Regulator", "Regulators", GroupResponse, true, []string{"authority"}},
	{Response, Code, "Response", "Responses", GroupResponse, true, nil},
	{Consequence, Code, "Consequence", "Consequences", GroupConsequence, true, nil},
}

var fieldIndex = func() map[Field]int {
	m := make(map[Field]int, len(Fields))
	for i, f := range Fields {
		m[f.Field] = i
	}
	return m
}()

// Info returns the description of f, and false when f is not a field.
func (f Field) Info() (FieldInfo, bool) {
	i, ok := fieldIndex[f]
	if !ok {
		return FieldInfo{Field: f, Label: string(f), Plural: string(f)}, false
	}
	return Fields[i], true
}

// Order is the place of f in Fields, len(Fields) when f is not a field.
func (f Field) Order() int {
	if i, ok := fieldIndex[f]; ok {
		return i
	}
	return len(Fields)
}
