package extract

import "incidex/data"

// Given is what the source of an article says itself: the subject with these claims,
// nothing where it says nothing.
func Given(a *data.Article) []data.Mention { return givenOnly(a) }

// Name makes a readable id for an incident: the victim and the year.
func Name(m *data.Mention, published data.Date) string { return nameIncident(m, published) }
