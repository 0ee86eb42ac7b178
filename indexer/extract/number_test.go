package extract

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"incidex/data"
)

var kindNames = map[numberKind]string{plain: "", money: "money", year: "year", size: "size", percent: "percent", duration: "duration", label: "label"}

func TestNumbers(t *testing.T) {
	b := newBuilder()
	rules := newNumberRules(b)
	for _, test := range []struct{ text, want string }{
		{"almost 15 million users", "15000000 about"},
		{"7.4m people and 435k emails", "7400000|435000"},
		{"more than 143 million Americans", "143000000 at least"},
		{"2.5 million of its 8 million customers", "2500000|8000000 total"},
		{"between 50,000 and 60,000 members", "50000-60000"},
		{"from 2 to 3 million", "2000000-3000000"},
		{"tens of thousands of people", "10000 vague"},
		{"several hundred patients", "300 vague"},
		{"half a million", "500000"},
		{"one hundred thirteen thousand individuals", "113000"},
		{"over 30, 000 students and 10. 5 million people", "30000 at least|10500000"},
		{"$1.2bn, £8,000 and 0.2 Bitcoin", "1200000000 money USD|8000 money GBP|0.2 money BTC"},
		{"in 2019 and 2020", "2019 year|2020 year"},
		{"On May 12, 2017 it had 2,017 users", "12 label|2017 year|2017"},
		{"70TB and 12 GB and 40 percent or 40%", "70 size|12 size|40 percent|40 percent"},
		{"Windows 10 version 4.2.1", "10 label|0 label"},
		{"call 866-274-3891", "866 label|274 label|3891 label"},
		{"a 25-year-old man", "25 duration"},
		{"50,000+ records", "50000 at least"},
		{"48 211 patients and 1 234 567 users", "48211|1234567"},
		{"48\u00a0211 or 48\u2009211 or 48\u202f211 patients", "48211|48211|48211"},
		{"48'211 patients, 1’234’567 users", "48211|1234567"},
		{"1,23,456 customers, 12,34,567 users", "123456|1234567"},
		{"1.234.567 customers at 192.168.100.200", "1234567|0 label"},
		{"on May 12 300 patients", "12 label|300"},
		{"ports 80 443 8080", "80 label|443|8080"},
		{"as many as twenty-one banks", "21 up to"},
	} {
		d := &document{lex: b.lex}
		d.load(&data.Article{Text: test.text})
		rules.find(d)
		var got []string
		for _, n := range d.numbers {
			s := fmt.Sprintf("%.15g", n.value)
			if n.high > 0 {
				s += fmt.Sprintf("-%.15g", n.high)
			}
			for _, w := range []string{kindNames[n.kind], n.currency, string(n.qualifier), map[bool]string{true: "total"}[n.total]} {
				if w != "" {
					s += " " + w
				}
			}
			got = append(got, s)
		}
		if diff := cmp.Diff(test.want, strings.Join(got, "|")); diff != "" {
			t.Errorf("%q (-want +got):\n%s", test.text, diff)
		}
	}
}
