package data

// Incident is one event at one victim, or one event with many victims, as a
// group of articles reports it. It keeps only what grouping needs of its
// members; the claims stay with the articles, and a Record merges them.
type Incident struct {
	// ID is readable and stable, such as "kering-2025".
	ID string `json:"id"`
	// Title names the incident for a reader, such as "Kering, 2025".
	Title string `json:"title"`
	// Campaign says that the incident has no victim of its own and is known by a name,
	// such as that of the malware that went round.
	Campaign bool `json:"campaign,omitempty"`
	// Keys are hashes of the grouping blocks that the incident belongs to, sorted.
	Keys []uint32 `json:"keys"`
	// Members are sorted by article id.
	Members []Member `json:"members"`
	// Merged are the ids of incidents that became this one; they redirect here.
	Merged []string `json:"merged,omitempty"`
}

// Subjects returns the ids of the articles that are about the incident, sorted.
func (inc *Incident) Subjects() []string {
	var out []string
	for _, m := range inc.Members {
		if m.Role == Subject {
			out = append(out, m.Article)
		}
	}
	return out
}

// Member is one article's part in an incident, reduced to what grouping compares.
type Member struct {
	Article string `json:"article"`
	// Mention is the index of the mention in the article's list.
	Mention int  `json:"mention"`
	Role    Role `json:"role"`
	// Signature is what the grouper made of the mention.
	Signature Signature `json:"signature"`
}

// Signature is a mention reduced to what tells incidents apart.
type Signature struct {
	Victim string `json:"victim,omitempty"`
	// VictimGiven says that the source itself names the victim.
	VictimGiven bool `json:"victim_given,omitempty"`
	// Headlined says that the article's title names the victim.
	Headlined bool `json:"headlined,omitempty"`
	// Published is the article's date.
	Published Date `json:"published,omitempty"`
	Occurred  Date `json:"occurred,omitempty"`
	// Likely says that Occurred is only likely: good enough to tell incidents apart, not
	// to name one.
	Likely bool `json:"likely,omitempty"`
	// Dated says that the article's title gives the year of Occurred.
	Dated     bool `json:"dated,omitempty"`
	Disclosed Date `json:"disclosed,omitempty"`
	// Numbers are the counts of records, best first.
	Numbers   []float64 `json:"numbers,omitempty"`
	Attacks   []string  `json:"attacks,omitempty"`
	Actors    []string  `json:"actors,omitempty"`
	DataTypes []string  `json:"data_types,omitempty"`
	Suppliers []string  `json:"suppliers,omitempty"`
	CVEs      []string  `json:"cves,omitempty"`
	Malware   []string  `json:"malware,omitempty"`
	// Topic is a short phrase of the title, which names an incident that has no victim.
	Topic string `json:"topic,omitempty"`
	// Terms are hashes of the most telling words of the article, best first.
	Terms []uint32 `json:"terms,omitempty"`
	// Counts are how often each of Terms stands in the article, at most 255; a word
	// of the title counts several times.
	Counts []uint8 `json:"counts,omitempty"`
	// Sketch is a locality-sensitive hash of the whole text, for near-copies; 0 means none.
	Sketch uint64 `json:"sketch,omitempty"`
}

// Record is the merged view of an incident.
type Record struct {
	Incident
	// Articles are the members' articles without their texts, newest first.
	Articles []ArticleRef `json:"articles"`
	// Fields are in the order of Fields and hold only fields with a claim.
	Fields []FieldRecord `json:"fields"`
}

// ArticleRef is what a record shows of an article.
type ArticleRef struct {
	ID        string     `json:"id"`
	Title     string     `json:"title"`
	Publisher string     `json:"publisher,omitempty"`
	Kind      SourceKind `json:"source_kind,omitempty"`
	URL       string     `json:"url,omitempty"`
	Date      Date       `json:"date,omitempty"`
	Role      Role       `json:"role"`
	// CopyOf is the id of the article that this one is a near-copy of.
	CopyOf string `json:"copy_of,omitempty"`
}

// FieldRecord is one field of a record.
type FieldRecord struct {
	Field Field `json:"field"`
	// Chosen are the chosen claims: one for a single-valued field, one per distinct
	// value for a field with Many. Empty when all claims are negated or advised.
	Chosen []SourcedClaim `json:"chosen"`
	// Rule says in words why the chosen claim was preferred.
	Rule string `json:"rule,omitempty"`
	// Conflict is set when sources disagree beyond rounding.
	Conflict bool `json:"conflict,omitempty"`
	// Low and High are the range of the numbers stated as facts, both nil for fields without a number.
	Low  *float64 `json:"low,omitempty"`
	High *float64 `json:"high,omitempty"`
	// Claims are all claims, chosen ones first.
	Claims []SourcedClaim `json:"claims"`
}

// SourcedClaim is a claim with the article that makes it.
type SourcedClaim struct {
	Claim
	Article string `json:"article"`
}

// Field returns the record of a field, nil when no article claims it.
func (r *Record) Field(f Field) *FieldRecord {
	for i := range r.Fields {
		if r.Fields[i].Field == f {
			return &r.Fields[i]
		}
	}
	return nil
}
