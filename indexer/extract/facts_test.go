package extract

import (
	stdcmp "cmp"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"incidex/data"
)

// whole is an extractor with all families.
var whole = sync.OnceValue(New)

// toldOf returns the subject's values of the fields that the rules believe in, before
// the model of roles judges them, best first, with their status when it is not actual:
// "Passwords", "-PINs" (negated), "?Names" (possible), "!Training" (advised).
func toldOf(a data.Article, fields ...data.Field) []string {
	x := whole()
	d := &document{lex: x.lex}
	x.read(d, &a)
	if !d.hasSubject() {
		return nil
	}
	d.gather()
	order := slices.Clone(d.order)
	slices.SortStableFunc(order, func(i, j int32) int {
		a, b := &d.candidates[i], &d.candidates[j]
		return stdcmp.Or(stdcmp.Compare(a.order, b.order), stdcmp.Compare(a.rank, b.rank), stdcmp.Compare(statusOrder(a.status), statusOrder(b.status)),
			stdcmp.Compare(b.confidence, a.confidence), stdcmp.Compare(i, j))
	})
	var out []string
	for _, i := range order {
		c := &d.candidates[i]
		if c.wide || !slices.Contains(fields, c.field) {
			continue
		}
		v := c.value
		if c.counted {
			v = fmt.Sprint(c.number, " ", c.currency)
		}
		switch c.status {
		case data.Negated:
			v = "-" + v
		case data.Possible:
			v = "?" + v
		case data.Advised:
			v = "!" + v
		}
		if !slices.Contains(out, v) {
			out = append(out, v)
		}
	}
	return out
}

// lead makes a story of a sentence: families claim nothing without an incident.
const lead = "Brightwater Outfitters, a Denver-based retailer, suffered a data breach when hackers broke into its network. "

func TestDataTypes(t *testing.T) {
	for _, test := range []struct{ text, want string }{
		{"The stolen data included names, email addresses and hashed passwords.", "Email addresses|Names|Passwords"},
		{"The thieves took email, IP and physical addresses.", "Email addresses|IP addresses|Physical addresses"},
		{"Exposed were phone and passport numbers of guests.", "Passport numbers|Phone numbers"},
		{"The database contained names (first and last), dates of birth and Social Security numbers.", "Dates of birth|Names|Social security numbers"},
		{"The leaked records contain payment card details excluding CVV codes, and home addresses.", "-Credit card CVV|?Personal information|Credit cards|Physical addresses"},
		{"Other personal information was not taken, the firm said. Last week thieves had stolen the personal details of guests.", "-Personal information|Personal information"},
		{"There is no evidence that passwords, PINs or bank account numbers were accessed.", "-Bank account numbers|-PINs|-Passwords"},
		{"Names and telephone numbers were stolen, but passwords and Social Security numbers were not affected.", "-Passwords|-Social security numbers|Names|Phone numbers"},
		{"The files may have included dates of birth and medical records.", "?Dates of birth|?Personal health data"},
		{"Customers should change their passwords and watch their credit card statements.", ""},
		{"Your password and email address are valuable, so never share them.", ""},
		{"The accessed information was in several fields, including:\nFull name\nPassport number\nDate of birth\n", "Dates of birth|Names|Passport numbers"},
		{"The company's domain name was stolen by the attackers.", ""},
		{"The hackers copied usernames and passwords.", "Passwords|Usernames"},
		{"The dump exposed the card type, expiry date and last four digits of credit cards.", "Partial credit card data"},
	} {
		got := toldOf(data.Article{Text: lead + test.text}, data.DataType)
		slices.Sort(got)
		if diff := cmp.Diff(test.want, strings.Join(got, "|")); diff != "" {
			t.Errorf("%q (-want +got):\n%s", test.text, diff)
		}
	}
}

func TestStatus(t *testing.T) {
	for _, test := range []struct {
		text, word string
		want       data.Status
	}{
		{"The intruders took names.", "names", data.Actual},
		{"The intruders did not take names.", "names", data.Negated},
		{"They did not take names, but copied emails.", "emails", data.Actual},
		{"Not only names but also emails were taken.", "names", data.Actual},
		{"The backup was not encrypted and held names.", "names", data.Actual},
		{"Card numbers were not affected.", "numbers", data.Negated},
		{"No names or emails were lost.", "emails", data.Negated},
		{"Names may have been viewed.", "Names", data.Possible},
		{"It is unclear whether names leaked.", "names", data.Possible},
		{"In May 2019 the names leaked.", "names", data.Actual},
		{"Experts advise to reset passwords.", "passwords", data.Advised},
		{"Change passwords at once.", "passwords", data.Advised},
		{"Attackers can use names for fraud.", "names", data.Advised},
		{"Emails (the list was not complete), names and ages leaked.", "names", data.Actual},
		{"The PIN, the number on the card, was not stolen.", "PIN", data.Negated},
		{"Everything except names leaked, with emails.", "emails", data.Actual},
		{"UPDATE (3/4/2012): The thief sold names.", "names", data.Actual},
		{"The bank must act. This includes hiding names.", "names", data.Advised},
		{"The bank must act. Additionally, masking names helps.", "names", data.Advised},
		{"The bank must act. Additionally, it lost names.", "names", data.Actual},
		{"The bank must act.\n\nThis includes lost names.", "names", data.Actual},
		{"Masking names is crucial.", "names", data.Advised},
		{"The bank is likely to mask names.", "names", data.Possible},
	} {
		b := newBuilder()
		rules := newStatusRules(b)
		word := b.word(test.word)
		d := &document{lex: b.lex}
		d.reset()
		d.load(&data.Article{Text: test.text})
		rules.mark(d)
		found := false
		for i, tok := range d.tokens {
			if tok.word == word {
				found = true
				if got := d.status(i, i+1); got != test.want {
					t.Errorf("%q: %s is %s, want %s", test.text, test.word, got, test.want)
				}
			}
		}
		if !found {
			t.Errorf("%q: no %q", test.text, test.word)
		}
	}
}

func TestDates(t *testing.T) {
	for _, test := range []struct {
		published data.Date
		text      string
		field     data.Field
		want      string
	}{
		{"", "The breach occurred on March 14, 2021.", data.Occurred, "2021-03-14"},
		{"", "The breach occurred on 14th March 2021.", data.Occurred, "2021-03-14"},
		{"", "The network was hacked in late 2018.", data.Occurred, "2018"},
		{"", "Hackers had access between Nov. 3 and December 9, 2019.", data.Occurred, "2019-11-03"},
		{"", "The attack took place on 2022-05-07.", data.Occurred, "2022-05-07"},
		{"2020-02-10", "The attack happened on Friday.", data.Occurred, "2020-02-07"},
		{"2020-02-10", "The attack happened last month.", data.Occurred, "2020-01"},
		{"2020-02-10", "The attack happened three years ago.", data.Occurred, "2017"},
		{"2020-02-10", "The servers were hacked in November.", data.Occurred, "2019-11"},
		{"2020-02", "The attack happened yesterday.", data.Occurred, "2020-02"},
		{"2020-02-10", "The intrusion was discovered on January 20.", data.Discovered, "2020-01-20"},
		{"2020-02-10", "It was announced on Thursday.", data.Disclosed, "2020-02-06"},
		{"2020-02-10", "Letters were mailed and customers notified on February 3.", data.Notified, "2020-02-03"},
		{"", "The breach occurred on February 31, 2020.", data.Occurred, "2020-02"},
		{"", "The breach may have affected 2019 people in 40 shops.", data.Occurred, ""},
		{"2020-02-10", "It disclosed the breach in January and says that the intruders got into its network in late 2016.", data.Occurred, "2016"},
		{"2020-02-10", "It reported the breach in March 2019.", data.Disclosed, "2019-03"},
		{"2020-02-10", "It reported the breach in March 2019.", data.Occurred, "2019-03"},
		{"2020-02-10", "The thieves were inside from 3 May to 9 August 2019, and it took until Thursday to tell.", data.Occurred, "2019-05-03"},
		{"2020-02-10", "The fine of 2020 is for the breach of 2018, when hackers copied files in October of that year.", data.Occurred, "2018-10"},
		{"2020-02-10", "Patients who came before March 2015 are safe.", data.Occurred, ""},
		{"2020-02-10", "It has had a new chief since November. The hack was announced on Friday.", data.Occurred, "2020-02-07"},
		{"2020-02-10", "Such a leak is similar to the one at its rival in 2018. Files were stolen on 5 January.", data.Occurred, "2020-01-05"},
	} {
		got := toldOf(data.Article{Text: lead + test.text, Date: test.published}, test.field)
		first := ""
		if len(got) > 0 {
			first = got[0]
		}
		if diff := cmp.Diff(test.want, first); diff != "" {
			t.Errorf("%q (-want +got):\n%s", test.text, diff)
		}
	}
}

func TestMoney(t *testing.T) {
	for _, test := range []struct {
		text  string
		field data.Field
		want  string
	}{
		{"The ransomware gang demanded $1.2bn.", data.RansomDemanded, "1.2e+09 USD"},
		{"The attackers asked for a ransom of 0.2 Bitcoin.", data.RansomDemanded, "0.2 BTC"},
		{"It paid the hackers £8,000 in ransom.", data.RansomPaid, "8000 GBP"},
		{"It refused to pay the ransom of $50,000.", data.RansomPaid, ""},
		{"The regulator fined the company €20 million.", data.Fine, "2e+07 EUR"},
		{"The company agreed to a settlement of $18 million.", data.Settlement, "1.8e+07 USD"},
		{"The incident caused losses of $4 million.", data.Loss, "4e+06 USD"},
		{"The company has annual revenue of $9 billion.", data.Loss, ""},
		{"Two directors sold $3 million worth of shares before the loss was known.", data.Loss, ""},
		{"Victims who lost money get up to $1 million of identity theft insurance.", data.Loss, ""},
		{"Each victim of the settlement may receive up to $4,000.", data.Settlement, ""},
		{"The ransomware gang demanded a $90,000 ransom; the company paid $30,000.", data.RansomDemanded, "90000 USD"},
		{"The ransomware gang demanded a $90,000 ransom; the company paid $30,000.", data.RansomPaid, "30000 USD"},
		{"They asked for a ransom of 25 bitcoins, currently worth about $90,000.", data.RansomDemanded, "25 BTC|90000 USD"},
		{"The hackers had demanded €2m ($2.2m) in exchange for deleting the emails.", data.RansomDemanded, "2e+06 EUR|2.2e+06 USD"},
	} {
		got := strings.Join(toldOf(data.Article{Text: lead + test.text}, test.field), "|")
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%q (-want +got):\n%s", test.text, diff)
		}
	}
}

func TestAttacks(t *testing.T) {
	for _, test := range []struct {
		title, text string
		field       data.Field
		want        string
	}{
		{"Ransomware hits Brightwater Outfitters", lead + "A ransomware attack encrypted its files.", data.Attack, "Ransomware"},
		{"Brightwater Outfitters breached", lead, data.Attack, "Unauthorized access"},
		{"Brightwater Outfitters breached", lead + "The intruders exploited a known flaw in its mail server.", data.Attack, "Exploited vulnerability"},
		{"Brightwater Outfitters breached", lead + "Customers should beware of phishing emails.", data.Attack, "Unauthorized access"},
		{"Shop loses laptop with customer data", "A laptop with the names of 400 patients was stolen from an employee's car in Denver. The clinic notified the patients.", data.Action, "physical"},
		{"", "Hillside Clinic said an employee accidentally mailed letters to the wrong addresses, which disclosed the data of 900 patients.", data.Action, "error"},
		{"", "A former employee of Hillside Clinic accessed records of patients without authorization and used their identities to file false tax returns.", data.Action, "misuse"},
		{"Hackers encrypt clinic's files", "Hillside Clinic suffered a data breach. Hackers broke into its servers with ransomware and encrypted the files of 900 patients.", data.Action, "malware"},
	} {
		got := toldOf(data.Article{Title: test.title, Text: test.text}, test.field)
		first := ""
		if len(got) > 0 {
			first = got[0]
		}
		if first != test.want {
			t.Errorf("%q: %q, want %q first", test.text, got, test.want)
		}
	}
}

func TestActors(t *testing.T) {
	for _, test := range []struct{ text, want string }{
		{"The attack was carried out by the Lazarus Group.", "Lazarus Group"},
		{"A hacker going by the handle \"zipfel77\" claimed to have the data.", "zipfel77"},
		{"A group calling itself the Marble Foxes took credit.", "Marble Foxes"},
		{"Researchers attributed the intrusion to UNC9913.", "UNC9913"},
		{"The Royal family shopped there, and children play outside.", ""},
		{"The company denied that it was the work of LockBit.", ""},
		{"The Game of Crowns hackers wanted money.", ""},
		{"It was unclear What Would Be the next step of the hackers.", ""},
		{"One of the Most Wanted hackers was in Oslo then.", ""},
		{"The tool was tracked as GRAYLOAF.", ""},
		{"Investors lost trust, Brightlaw Group said on Tuesday.", ""},
		{"The Hacker Barn hackers explained the flaw.", ""},
		{"The site was hacked by \"Team Qu4rtz\", its home page said.", "Team Qu4rtz"},
		{"Ravi Sol (aka sol99), 22, and Mina Tarn (aka mt_), 24, have been charged with the breach.", "Ravi Sol|Mina Tarn"},
		{"Yahoo says that 'state sponsored' hackers did it.", ""},
		{"\"It is fun to hack a hacker,\" Anubia said.", ""},
		{"The Westland Bank hackers moved the money to Manila.", ""},
		{"Activists hoped that it could result in the arrest of Lena Stark.", ""},
		{"Prosecutors blame two hackers — Orla Venn and Tomas Quill — for the breach. Quill stole the database, they said.", "Tomas Quill|Orla Venn"},
		{"A former contractor, Dana Hollis, was arrested on Friday over the hack. Hollis, 41, worked in sales.", "Dana Hollis"},
		{"Police have charged Ivo Marsh, 29, and Petra Lind, 31, with the hack.", "Ivo Marsh|Petra Lind"},
		{"Ukrainian-based hackers took the server for ransom, the retailer believes.", "?Ukrainian hackers"},
		{"China is blamed for the attack on the UK government, and a loan was backed by the British government.", "?Chinese state hackers"},
		{"Telefone Iceland hacked: Icelandic users lost data.", ""},
		{"The minister blamed North Korea for the attack. Analysts say that the North Korean government was behind the hack.", "?North Korean state hackers"},
	} {
		got := strings.Join(toldOf(data.Article{Text: lead + test.text}, data.Actor), "|")
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%q (-want +got):\n%s", test.text, diff)
		}
	}
}

func TestCountriesAndSectors(t *testing.T) {
	for _, test := range []struct {
		text  string
		field data.Field
		want  string
	}{
		{"Chinese hackers breached the networks of Belgian banks and stole data.", data.Country, "BE"},
		{"A hospital in Oslo suffered a data breach, and hackers from Russia are suspected.", data.Country, "NO"},
		{"Hackers stole the data of 3,000 patients from Hillside Hospital in Ohio.", data.Sector, "62"},
		{"Hackers stole the Social Security numbers of students from servers of Hillside State University.", data.Sector, "61"},
		{"Hackers stole account numbers of depositors from Hillside Savings Bank.", data.Sector, "52"},
	} {
		got := toldOf(data.Article{Text: test.text}, test.field)
		if len(got) == 0 || got[0] != test.want {
			t.Errorf("%q: %q, want %q first", test.text, got, test.want)
		}
	}
}

func TestPhraseFields(t *testing.T) {
	for _, test := range []struct {
		text  string
		field data.Field
		want  string
	}{
		{"The servers ran a version open to CVE-2021-44228.", data.CVE, "CVE-2021-44228"},
		{"The catalog number is CVE-20-1.", data.CVE, ""},
		{"It notified the Information Commissioner's Office.", data.RegulatorField, "ICO"},
		{"It may be fined under the GDPR.", data.Law, "GDPR"},
		{"The company hired a forensic firm.", data.Response, "Forensic firm hired"},
		{"The attackers used Emotet malware.", data.Malware, "Emotet"},
		{"The intrusion originated from an internal server.", data.Vector, "Internal server"},
		{"Its website, its database and its email are back. The website and the database are faster now.", data.Vector, "Internal server"},
		{"The thieves came in by hacking of its website.", data.Vector, "Internal server|Website"},
		{"It has to offer credit monitoring, and should train its staff.", data.Response, "Credit monitoring offered"},
		{"It must help its customers by offering credit monitoring.", data.Response, "!Credit monitoring offered"},
		{"Accounts were protected by two-factor authentication.", data.Response, ""},
		{"It now requires two-factor authentication.", data.Response, "MFA required"},
		{"It pays for identity theft protection.", data.Consequence, ""},
		{"Many became victims of identity theft.", data.Consequence, "Identity theft"},
	} {
		got := strings.Join(toldOf(data.Article{Text: lead + test.text}, test.field), "|")
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%q (-want +got):\n%s", test.text, diff)
		}
	}
}

func FuzzDates(f *testing.F) {
	for _, s := range []string{"on March 14, 2021", "3/14/2015", "2021-13-99", "between May 5 and 6, 2020", "last last month", "32 December 1999", "a couple of days ago", "mid-", "late"} {
		f.Add(s, "2020-02-29")
	}
	b := newBuilder()
	rules := newDateRules(b)
	f.Fuzz(func(t *testing.T, text, published string) {
		d := &document{lex: b.lex}
		d.reset()
		d.load(&data.Article{Text: text, Date: data.Date(published)})
		rules.read(d)
		for _, h := range d.dates {
			if h.from >= h.to || h.to > len(d.tokens) {
				t.Fatalf("%q: date at [%d,%d) of %d tokens", text, h.from, h.to, len(d.tokens))
			}
			if _, err := data.ParseDate(string(h.value)); h.value != "" && h.value != d.a.Date && err != nil {
				t.Errorf("%q: %v", text, err)
			}
		}
	})
}

func FuzzFacts(f *testing.F) {
	f.Add("Title", lead+"Names, emails (not PINs) and $5m in ransom; see CVE-2020-1234 by \"APT28\" vs. Zoë’s 12/12/2012.")
	f.Add("X vs. Y", "hackers from “a b c d e f g”, UNC- TA- @ FIN7 2020-02-02-02 May May may 5")
	x := whole()
	f.Fuzz(func(t *testing.T, title, text string) {
		a := data.Article{Title: title, Text: text, Date: "2024-02-29"}
		for _, m := range x.Extract(&a) {
			for _, c := range m.Claims {
				for _, e := range c.Evidence {
					source := text
					if e.Source == data.InTitle {
						source = title
					}
					if e.Span.In(source) != e.Quote {
						t.Fatalf("%s: span %v is %q, quote %q", c.Field, e.Span, e.Span.In(source), e.Quote)
					}
				}
			}
		}
	})
}
