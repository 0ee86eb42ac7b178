package main

// What the generator makes articles of. All of it is invented.

var publishers = []string{
	"Breach Gazette", "The Daily Packet", "Ledger Wire", "Harbor Post", "Northern Dispatch", "Cipher Weekly", "Circuit News",
	"Metro Observer", "Signal Review", "The Evening Byte", "Perimeter Times", "Vault Report", "Gate Journal", "Root Bulletin",
	"Coastal Courier", "Patch Monthly", "Echo Tribune", "Uplink Today", "Summit Herald", "Kernel Digest",
}

var tags = []string{"breach", "ransomware", "privacy", "health", "finance", "retail", "cloud", "law", "phishing", "malware", "identity", "public sector"}

// kinds are kinds of victims, the most frequent first.
var kinds = []struct {
	what  string
	names []string
}{
	{"hospital operator", []string{"Hospital", "Health", "Medical Center", "Clinics"}},
	{"bank", []string{"Bank", "Credit Union", "Financial"}},
	{"retailer", []string{"Stores", "Retail", "Outlets"}},
	{"software company", []string{"Software", "Systems", "Labs"}},
	{"university", []string{"University", "College"}},
	{"insurance company", []string{"Insurance", "Mutual"}},
	{"hotel chain", []string{"Hotels", "Resorts"}},
	{"airline", []string{"Airlines", "Airways"}},
	{"telecommunications provider", []string{"Telecom", "Mobile"}},
	{"manufacturer", []string{"Motors", "Industries", "Steel"}},
	{"law firm", []string{"Law", "Partners LLP"}},
	{"energy company", []string{"Energy", "Power"}},
	{"city government", []string{"City Council", "County"}},
	{"logistics company", []string{"Logistics", "Freight"}},
}

// places are the most frequent first.
var places = []string{
	"the United States", "the United Kingdom", "Germany", "Australia", "Canada", "France", "India", "Japan", "Italy", "Spain",
	"Brazil", "the Netherlands", "Ireland", "South Korea", "Sweden", "Norway", "Mexico", "Poland", "Switzerland", "Singapore",
}

var attacks = []string{
	"a ransomware attack", "a phishing campaign", "stolen credentials", "a misconfigured database", "an exploited vulnerability",
	"credential stuffing", "a supply chain attack", "card skimming malware", "a former employee", "a stolen laptop",
	"a denial of service attack", "SQL injection", "an email sent to the wrong recipients",
}

var actors = []string{
	"LockBit", "ALPHV", "Cl0p", "ShinyHunters", "Conti", "REvil", "Lapsus$", "FIN7", "Lazarus Group", "Scattered Spider", "Medusa", "APT29",
}

var vectors = []string{
	"a web application", "a remote access gateway", "an email attachment", "a cloud storage bucket", "a third-party vendor", "an internal server",
}

var dataTypes = []string{
	"email addresses", "names", "passwords", "phone numbers", "social security numbers", "dates of birth", "credit card numbers",
	"medical records", "physical addresses", "bank account numbers", "passport numbers", "IP addresses", "usernames", "driver's license numbers",
}

var whose = []string{"customers", "patients", "employees", "students", "users", "members"}

var responses = []string{
	"notified everyone affected", "informed law enforcement", "offered free credit monitoring", "took its systems offline", "reset all passwords",
	"hired an outside forensics firm",
}

var outcomes = []string{
	"A class action lawsuit was filed against {short}.", "Its shares fell by four percent.", "The outage lasted several days.",
	"Its chief executive resigned.", "The regulator fined {short} $2.4 million.",
}

var laws = []string{"GDPR", "HIPAA", "the CCPA", "the Data Protection Act", "PIPEDA"}

var titles = []string{
	"{victim} says breach exposed {data} of {count} {whose}", "{victim} hit by {attack}", "{actor} claims attack on {victim}",
	"{count} {whose} affected by {short} data breach", "{short} confirms theft of {data} and {more}", "What we know about the incident at {victim}",
}

var openings = []string{
	"{victim}, a {kind} in {place}, said on {day} that {attack} had exposed the {data} of {count} {whose}.",
	"Hackers stole {data} and {more} belonging to {count} {whose} of {victim}, a {kind} based in {place}.",
	"A data breach at {victim}, the {kind} from {place}, has affected {count} {whose}, the company confirmed in {month}.",
}

var sentences = []string{
	"The intruders got in through {vector} and remained inside the network for weeks.",
	"The group known as {actor} claimed responsibility for the attack.",
	"The stolen files contain {data}, {more} and other personal data of {whose}.",
	"{short} {response} after it discovered the intrusion in {month}.",
	"No payment details were taken, a spokesperson for {victim} added.",
	"{outcome}",
	"Regulators are examining whether {short} violated {law}.",
	"About {count} {whose} will receive letters in the coming weeks.",
	"Experts believe that {attack} was the cause of the incident at the {kind}.",
	"The company urges its {whose} to change their passwords and to watch for identity theft.",
	"According to a notice filed with the attorney general, the attackers had access from {day}.",
	"A sample of the stolen data was posted on a hacking forum.",
}
