package extract

// dataMods are the words that stand before a shared head, by head and type.
var dataMods = []struct{ head, value, mods string }{
	{"addresses address", "Email addresses", "email|e-mail|mail"},
	{"addresses address", "IP addresses", "IP|internet protocol"},
	{"addresses address", "Physical addresses", "physical|home|mailing|postal|street|billing|shipping|delivery|residential|business|work"},
	{"addresses address", "MAC addresses", "MAC"},
	{"numbers number", "Social security numbers", "social security|SSN"},
	{"numbers number", "Phone numbers", "phone|telephone|mobile|cell|cell phone|mobile phone|cellphone|contact|fax"},
	{"numbers number", "Passport numbers", "passport"},
	{"numbers number", "Driver's licenses", "driver's license|drivers license|driver license|driver's licence|driving licence"},
	{"numbers number", "Credit cards", "credit card|debit card|payment card|card|credit|debit|credit and debit card|credit or debit card"},
	{"numbers number", "Bank account numbers", "bank account|routing|bank routing|bank|account and routing"},
	{"numbers number", "Government issued IDs", "national ID|national identity|government ID|tax ID|ID card|identity card"},
	{"numbers number", "Health insurance information", "health insurance|insurance|insurance policy|Medicare|Medicaid"},
	{"numbers number", "Personal health data", "medical record|patient"},
	{"names name", "Names", "first|last|full|real|middle"},
	{"names name", "Usernames", "user|login|account|screen"},
	{"information details data info records", "Credit cards", "credit card|debit card|payment card|card|payment|credit or debit card|credit and debit card"},
	{"information details data info records", "Bank account numbers", "bank account|bank|banking"},
	{"information details data info records", "Personal health data", "medical|health|treatment|clinical|diagnosis|diagnostic|prescription|medication"},
	{"information details data info records", "Health insurance information", "health insurance|insurance|claims"},
	{"information details data info records", "Financial information", "financial"},
	{"information details data info records", "Contact details", "contact"},
	{"information details data info records", "Personal information", "personal|customer|user|employee|account|confidential|sensitive|demographic"},
}

// dataForms are further ways to name data, beyond the vocabulary's, most of
// which only enumerations have.
var dataForms = map[string][]string{
	"Geographic locations":  {"country", "city", "cities", "province", "user's city/country/location", "users' cities/countries/locations", "country of origin", "country of the user", "city of the user/users", "location of the user/users", "city and country", "city and province", "state of residence"},
	"Purchases":             {"orders containing", "rows of orders", "order IDs", "history of purchases", "purchases made", "item purchased", "products ordered", "transaction history/histories/records/details"},
	"Phone numbers":         {"phone", "mobile", "telephone"},
	"Email addresses":       {"emails/e-mails addresses"},
	"Usernames":             {"Apple ID/IDs", "player names", "forum names"},
	"Private messages":      {"chat logs", "private chat logs", "chat history/histories", "chat messages", "message history", "message content/contents", "contents of messages"},
	"Passwords":             {"login/log-in/sign-in info/information/details/data", "email/banking/bank/user/admin/network logins", "verification codes", "password histories", "hashes of passwords", "SHA512/SHA256/SHA-512/SHA-256/SHA/SHA-2/scrypt/PBKDF2/argon2/phpass hashes", "salted password hashes", "password digests", "encrypted/hashed versions of passwords"},
	"Dates of birth":        {"dates and places of birth", "dates and place of birth", "date and place of birth"},
	"Genders":               {"sex"},
	"Job titles":            {"occupation"},
	"Names":                 {"name and surname", "first and last"},
	"Photos":                {"surveillance/in-car/dashcam/security/body-camera/bodycam/cctv video/videos/footage", "body camera video/videos/footage"},
	"Personal health data":  {"patient files/charts/reports/histories", "health history/histories", "lab/test/scan results", "x-rays"},
	"Government issued IDs": {"national identity cards", "government issued national identity", "scans of passports/IDs/identity"},
}

// dataVague are words for data that do not tell which kinds it is of.
var dataVague = map[string][]string{
	"Personal information": {"user/customer/client/member/subscriber/employee/staff/voter/student/taxpayer/guest/patient/consumer accounts/database/databases/records", "online/social accounts",
		"stolen/leaked/exposed/compromised/hacked/breached/dumped records/accounts/databases/database"},
	"Internal documents": {"stolen/leaked/hacked/secret/private/exfiltrated/backup/internal/encrypted documents/files", "trove of documents/files/emails"},
}

// dataLookAlikes are phrases that hold a data type's word and mean something else.
var dataLookAlikes = []string{
	"domain name", "domain names", "publication names", "product names", "project names", "place names", "app names", "group names", "event names", "channel names", "brand name", "brand names", "code name", "code named", "in the name of", "name of the", "name of a", "by name", "under the name", "names such as",
	"email attachment", "email attachments", "phishing email", "phishing emails", "spam email", "spam emails", "email security", "email server", "email provider", "email service", "email notification", "email campaign", "malicious email", "malicious emails",
	"an email to", "in an email", "by email", "via email", "email statement", "email sent", "emails sent", "received an email", "receive an email", "sent an email", "sends an email", "send an email", "sent emails", "an email from", "emails to customers", "email alert", "email alerts", "emailed", "an email", "email us", "our email", "the email reads", "email client", "email providers", "suspicious emails", "email scam", "email scams", "fake emails", "fraudulent emails", "email marketing",
	"password manager", "password managers", "password reset", "password resets", "reset passwords", "password security", "master password", "one-time password", "password protected", "password protection", "password policy", "password reuse", "default password", "password spraying", "weak password", "weak passwords", "strong password", "strong passwords", "new password", "new passwords", "unique password", "unique passwords", "same password", "same passwords", "without a password", "no password", "passwords reset", "change passwords", "changing passwords", "stolen password from", "without any password",
	"credit card companies", "credit card company", "card companies", "card issuer", "card issuers", "credit card fraud", "card fraud", "credit card skimmer", "credit card monitoring", "credit card processing", "credit card skimming", "card brands", "credit monitoring", "credit reporting", "credit bureau", "credit bureaus", "credit report", "credit reports", "card skimming", "payment card industry",
	"social security administration", "social network", "address the", "address this", "address these", "to address", "addressed", "web address", "location of the", "located", "source code repository management",
	"phone call", "phone calls", "by phone", "mobile phone", "cell phone", "phone company", "phone companies", "by text message",
	"bank account fraud", "bank accounts were opened", "other images", "photos courtesy", "image credit", "photo credit", "press conference", "in the interests of", "best interests", "interest rate",
	"identity theft", "identities of the attackers", "identity of the", "messages of support", "text message from", "language barrier", "position of", "race to",
	"chip and pin", "by the name", "the username of", "under the username", "goes by the username", "destination address", "press address", "to an address", "wallet address", "directory service", "name of @",
	"using the login credentials", "using stolen credentials", "using login credentials", "using the credentials", "used the credentials", "using compromised credentials", "used stolen credentials", "with stolen credentials", "using credentials", "using the passwords", "using stolen passwords",
	"disabling the passwords", "disabled the passwords", "disabled passwords", "reset the passwords", "reset all passwords", "resetting passwords", "changed passwords", "changed their passwords", "names of the hackers",
	"W-2 scam", "W-2 scams", "W-2 phishing", "field names", "field name", "password dictionary", "password dictionaries", "password rules", "no password strength", "requirement on password strength", "phone system", "phone systems", "phone lines", "to pin", "fingerprints of the", "military interests", "national interests", "business interests",
	"classified ads", "classifieds", "in chat", "friends and family", "age of", "same address", "bitcoin address", "return address",
}

// dataGeneric are the values that name no particular kind of data.
var dataGeneric = []string{"Personal information", "Contact details", "Internal documents", "Financial information"}

// dataMedium are the single words that need little company.
const dataMedium = `names addresses emails e-mails usernames passwords password credentials phones telephones genders gender birthdates birthdays
	dob dobs cvv cvvs pin pins passports ssn ssns logins photos messages images birthdate passcodes pii phi ephi diagnoses
	nicknames surnames identities ip ips iban ibans geolocation geolocations biometrics fingerprints`

// dataExposure are the words of a sentence that tells of exposed data.
const dataExposure = `exposed exposing exposes expose exposure stolen stole steal steals stealing theft leaked leak leaks leaking accessed access accessing
	compromised compromise compromises compromising breached breach breaches contained contains containing contain included includes include including
	obtained obtaining obtain obtains published publishing posted posting dumped dump sold selling sell sale affected affecting disclosed disclosing
	disclosure revealed reveals revealing hacked hack hacks downloaded downloading exfiltrated exfiltrating copied copying took taken taking harvested harvesting
	scraped scraping lost viewed viewing acquired visible available stored storing impacted impacting unprotected unsecured collected swiped
	intercepted captured capturing consisted comprising comprised comprises extracted gained unencrypted database databases spilled belonging
	snatched grabbed pilfered nabbed siphoned stealers theft involved involving records circulating released releasing releases hijacked listed listing swipe
	gather gathered gathering saved retrieved missing skimmed skimming`
