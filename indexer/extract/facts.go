package extract

// facts is what the families of this file know of a document beyond its story.
type facts struct {
	// stances tells how each token is stated.
	stances   []stance
	data      []dataHit
	published published
	// denied and stated tell which data types are denied, and stated by words that are not vague.
	denied, stated []bool
	dates          []dateHit
	told           []told
	// attacks is the weight of each attack, attackHits where they stand.
	attacks    []float64
	attackHits []attackHit
	actors     []actorHit
	// named are the tokens of actors' names.
	named []bool
	// actorIDs numbers the values of actors, and actorSums weighs them.
	actorIDs  map[string]int
	actorSums []actorSum
	// persons are the fullest names of accused persons, by the word that ends them.
	persons map[int32]string
	// phrases counts the places of each value of a vocabulary.
	phrases []int32
	// led tells which of these values count: all but everyday vectors that no word
	// of entry leads to.
	led       []bool
	countries []countryVote
	marks     marks
	features  []feature
}

// factFamilies are the families that read what happened, to what and when.
func factFamilies(b *builder) []family {
	attacks := newAttackRules(b)
	return []family{newDataTypeRules(b), newDateRules(b), attacks, newActionRules(b, attacks), newSectorRules(b), newMoneyRules(b), newCVERules(b), newActorRules(b), newMotiveRules(b), newAuthorityRules(b), newPairRules(b), newCountryRules(b), newVocabularyRules(b)}
}
