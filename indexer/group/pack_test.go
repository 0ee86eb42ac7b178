package group

import (
	"math/rand"
	"reflect"
	"testing"
	"testing/quick"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"incidex/data"
)

// TestPackKeepsEverything packs incidents whose every field is filled.
func TestPackKeepsEverything(t *testing.T) {
	r := rand.New(rand.NewSource(1))
	for range 50 {
		filled, _ := quick.Value(reflect.TypeFor[data.Incident](), r)
		d := filled.Interface().(data.Incident)
		for i, victim := range []string{"Acme Bank", "France", "University of Otago"} {
			if i < len(d.Members) {
				d.Members[i].Signature.Victim = victim
				d.Members[i].Signature.Occurred = "2024-05"
			}
		}
		for i := range d.Members {
			d.Members[i].Mention = i
		}
		want := Prepare(&d)
		packed := want.Pack(nil)
		got, err := Unpack(packed)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got, cmp.AllowUnexported(Profile{}, name{}, days{}), cmpopts.EquateEmpty(), cmpopts.EquateNaNs()); diff != "" {
			t.Fatalf("(-want +got)\n%s", diff)
		}
		for range 20 {
			if _, err := Unpack(packed[:r.Intn(len(packed))]); err == nil {
				t.Fatal("a part is unpacked without an error")
			}
		}
	}
}

// FuzzUnpack reads what is no packed incident, as of a damaged disk: an error, or an
// incident that packs again.
func FuzzUnpack(f *testing.F) {
	inc := Prepare(&data.Incident{ID: "acme-2024", Keys: []uint32{1, 2}, Members: []data.Member{{Article: "a", Role: data.Subject, Signature: data.Signature{Victim: "Acme", Numbers: []float64{12}, Terms: []uint32{7}, Counts: []uint8{3}}}}})
	f.Add(inc.Pack(nil))
	f.Add([]byte{})
	f.Fuzz(func(t *testing.T, b []byte) {
		if inc, err := Unpack(b); err == nil {
			if _, err := Unpack(inc.Pack(nil)); err != nil {
				t.Error(err)
			}
		}
	})
}
