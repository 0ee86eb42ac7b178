package data

import "testing"

func TestDigitDate(t *testing.T) {
	for _, test := range []struct {
		in    string
		order DayOrder
		want  Date
		n     int
	}{
		{"2025-04-05", Unsure, "2025-04-05", 10},
		{"2025/4/5, later", Unsure, "2025-04-05", 8},
		{"2025.04.05", Unsure, "2025-04-05", 10},
		{"2025-13-05", Unsure, "", 10},
		{"2025-04/05", Unsure, "", 0},
		{"05.04.2025.", Unsure, "2025-04-05", 10},
		{"05.24.2025", Unsure, "2025-05-24", 10},
		{"5/4/2025", Unsure, "2025", 8},
		{"5/4/2025", DayFirst, "2025-04-05", 8},
		{"5/4/2025", MonthFirst, "2025-05-04", 8},
		{"14/3/2025", MonthFirst, "2025-03-14", 9},
		{"3/14/25", DayFirst, "2025-03-14", 7},
		{"4/4/99", Unsure, "1999-04-04", 6},
		{"30/02/2025", Unsure, "", 10},
		{"0/4/2025", Unsure, "", 8},
		{"5/4/20251", Unsure, "", 0},
		{"05/04-2025", Unsure, "", 0},
		{"45", Unsure, "", 0},
		{"", Unsure, "", 0},
	} {
		if d, n := DigitDate(test.in, test.order); d != test.want || n != test.n {
			t.Errorf("DigitDate(%q, %d) = %q, %d, want %q, %d", test.in, test.order, d, n, test.want, test.n)
		}
	}
}

func TestOrderIn(t *testing.T) {
	for in, want := range map[string]DayOrder{
		"a,03/04/2025\nb,25/04/2025": DayFirst, "a,03/04/2025\nb,4/25/25": MonthFirst,
		"25/04/2025 and 04/25/2025": Unsure, "03/04/2025": Unsure, "45/99/2025": Unsure, "": Unsure,
	} {
		if got := OrderIn(in); got != want {
			t.Errorf("OrderIn(%q) = %d, want %d", in, got, want)
		}
	}
}
