// Package roles tells what a candidate of extraction is: a value of the incident that
// the article is about, its heading value, one that is denied, or something else.
//
// Rules find candidates with a wide net. Each distinct value that they propose
// becomes a row of features (the words around its places, the rule, the sentence and
// the article it stands in), and one mechanism judges the rows of all fields: a
// linear model for each question, with weights for the feature in general and for the
// feature in its field, turned into a calibrated probability. A value is asserted
// where its probability reaches the threshold of its field.
//
// feature.go names features, model.go judges, learn.go learns the weights from
// labeled articles (command "evaluate roles"). The package knows nothing of texts.
package roles
