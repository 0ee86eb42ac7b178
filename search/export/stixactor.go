package export

import "incidex/data/vocab"

// stixActors are the words of STIX's open vocabulary for the kinds of our actors.
var stixActors = map[string]string{"state": "nation-state", "criminal": "crime-syndicate", "ransomware": "crime-syndicate", "hacktivist": "activist", "person": "criminal"}

// stixActor is the kind of an actor by its name.
func stixActor(name string) string {
	if t, ok := vocab.Actors().Lookup(name); ok && stixActors[t.Attr("kind")] != "" {
		return stixActors[t.Attr("kind")]
	}
	return "unknown"
}
