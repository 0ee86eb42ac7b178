package export

// verisAttacks are what VERIS 1.4.0 calls our attacks: the kind of the action (empty for
// one that it does not tell apart), and what the attack does to what is there.
var verisAttacks = map[string]struct{ variety, availability, integrity string }{
	"Accidental disclosure":     {variety: "Publishing error"},
	"Account takeover":          {variety: "Use of stolen creds"},
	"Brute force":               {variety: "Brute force"},
	"Business email compromise": {variety: "Pretexting"},
	"Credential stuffing":       {variety: "Use of stolen creds"},
	"Cryptojacking":             {variety: "Cryptocurrency mining"},
	"Defacement":                {integrity: "Defacement"},
	"Denial of service":         {variety: "DoS", availability: "Interruption"},
	"Exploited vulnerability":   {variety: "Exploit vuln"},
	"Improper disposal":         {variety: "Disposal error"},
	"Insider":                   {variety: "Privilege abuse"},
	"Lost or stolen device":     {availability: "Loss"},
	"Misconfiguration":          {variety: "Misconfiguration"},
	"Misdelivery":               {variety: "Misdelivery"},
	"Phishing":                  {variety: "Phishing"},
	"Ransomware":                {variety: "Ransomware", availability: "Obscuration"},
	"SIM swapping":              {variety: "Pretexting"},
	"SQL injection":             {variety: "SQLi"},
	"Scraping":                  {variety: "Abuse of functionality"},
	"Skimming":                  {variety: "Capture app data"},
	"Stolen credentials":        {variety: "Use of stolen creds"},
}

// verisVectors are what VERIS calls our vectors: the thing that was attacked, and by
// action the way that it took.
var verisVectors = map[string]struct {
	asset string
	way   map[string]string
}{
	"API":                    {"S - Web application", byWeb},
	"Backdoor":               {"", map[string]string{"hacking": "Backdoor"}},
	"Browser extension":      {"U - Desktop or laptop", map[string]string{"social": "Software"}},
	"Cloud storage":          {"S - File", nil},
	"Code repository":        {"S - Code repository", nil},
	"Database server":        {"S - Database", nil},
	"Email":                  {"S - Mail", map[string]string{"social": "Email", "malware": "Email"}},
	"File transfer software": {"S - File", nil},
	"Help desk":              {"P - Helpdesk", map[string]string{"social": "Phone"}},
	"Internal server":        {"S - Unknown", nil},
	"Messaging":              {"", map[string]string{"social": "IM", "malware": "Instant messaging"}},
	"Mobile app":             {"U - Mobile phone", map[string]string{"social": "Software"}},
	"Network device":         {"N - Unknown", nil},
	"Paper records":          {"M - Documents", map[string]string{"social": "Documents"}},
	"Phone":                  {"", map[string]string{"social": "Phone"}},
	"Physical access":        {"", map[string]string{"hacking": "Physical access", "misuse": "Physical access"}},
	"Point of sale":          {"U - POS terminal", nil},
	"Portable device":        {"U - Unknown", nil},
	"Remote access":          {"N - Remote access", map[string]string{"hacking": "Desktop sharing software", "misuse": "Remote access"}},
	"Removable media":        {"M - Unknown", map[string]string{"malware": "Removable media", "social": "Removable media"}},
	"SMS":                    {"", map[string]string{"social": "SMS"}},
	"Single sign-on":         {"S - Authentication", byWeb},
	"Social media":           {"", map[string]string{"social": "Social media"}},
	"Software update":        {"", map[string]string{"malware": "Software update", "social": "Software"}},
	"Third party":            {"", map[string]string{"hacking": "Partner", "malware": "Partner", "social": "Partner"}},
	"VPN":                    {"N - Remote access", map[string]string{"hacking": "VPN", "misuse": "Remote access"}},
	"Web application":        {"S - Web application", byWeb},
	"Website":                {"S - Web application", byWeb},
	"Wireless network":       {"N - WLAN", nil},
}

var byWeb = map[string]string{"hacking": "Web application", "malware": "Web application", "social": "Web application", "misuse": "Web application", "error": "Web application"}

// verisActors are what VERIS calls the kinds of our actors.
var verisActors = map[string]string{
	"state": "State-affiliated", "criminal": "Organized crime", "ransomware": "Organized crime", "hacktivist": "Activist", "person": "Unaffiliated",
}

// verisCurrencies are the currencies with a rate that the schema has, too.
var verisCurrencies = []string{
	"AUD", "BRL", "CAD", "CHF", "CNY", "EUR", "GBP", "HKD", "INR", "JPY", "KRW", "NOK", "NZD", "PLN", "RUB", "SEK", "SGD", "TRY", "TWD", "USD", "ZAR",
}
