package codec

import (
	"math/rand"
	"reflect"
	"testing"
	"testing/quick"
	"time"

	"github.com/google/go-cmp/cmp"

	"incidex/data"
)

// What is stored comes back, whatever the fields hold.
func TestStoredFormKeepsEverything(t *testing.T) {
	r := rand.New(rand.NewSource(1))
	for _, v := range []any{&data.Document{}, &data.Incident{}} {
		for range 50 {
			filled, ok := quick.Value(reflect.TypeOf(v).Elem(), r)
			if !ok {
				t.Fatalf("no values of %T", v)
			}
			want := reflect.New(filled.Type())
			want.Elem().Set(filled)
			raw, err := Encode(nil, want.Interface())
			if err != nil {
				t.Fatal(err)
			}
			got := reflect.New(filled.Type())
			if err := Decode(raw, got.Interface()); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want.Interface(), got.Interface()); diff != "" {
				t.Fatalf("%T (-want +got):\n%s", v, diff)
			}
		}
	}
}

func TestStoredFormOfFile(t *testing.T) {
	want := data.File{Path: "a/b", Size: 1 << 40, ModTime: time.Date(2025, 1, 2, 3, 4, 5, 6, time.UTC), Articles: 3}
	raw, err := Encode(nil, &want)
	if err != nil {
		t.Fatal(err)
	}
	var got data.File
	if err := Decode(raw, &got); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// A program reads what it knows of a document that has more.
func TestStoredFormSkipsWhatIsUnknown(t *testing.T) {
	number := 7.5
	d := data.Document{
		Article:   data.Article{ID: "x", Title: "A title", Text: "A text", Tags: []string{"a", ""}},
		Mentions:  []data.Mention{{ID: "i", Claims: []data.Claim{{Field: data.Records, Number: &number}}}},
		Locations: []data.Location{{Path: "p", Line: 3}},
	}
	raw, err := Encode(nil, &d)
	if err != nil {
		t.Fatal(err)
	}
	var got struct{ Title, Text string }
	if err := Decode(raw, &got); err != nil {
		t.Fatal(err)
	}
	if got.Title != d.Title || got.Text != d.Text {
		t.Errorf("got %+v", got)
	}
}

func FuzzStoredForm(f *testing.F) {
	for _, v := range []any{
		&data.Document{Article: data.Article{ID: "x", Text: "words"}, Mentions: []data.Mention{{ID: "i", Claims: []data.Claim{}}}},
		&data.Incident{ID: "i", Keys: []uint32{7}, Members: []data.Member{{Article: "x", Signature: data.Signature{Terms: []uint32{1, 2}}}}},
	} {
		raw, err := Encode(nil, v)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(raw)
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		for _, v := range []any{&data.Document{}, &data.Incident{}, &data.File{}} {
			if Decode(raw, v) != nil {
				continue
			}
			// What could be read is written and read again alike.
			again, err := Encode(nil, v)
			if err != nil {
				t.Fatal(err)
			}
			other := reflect.New(reflect.TypeOf(v).Elem()).Interface()
			if err := Decode(again, other); err != nil {
				t.Fatal(err)
			}
			third, err := Encode(nil, other)
			if err != nil || string(third) != string(again) {
				t.Errorf("%T changes when it is read and written", v)
			}
		}
	})
}
