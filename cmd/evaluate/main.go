// Command evaluate measures extraction over gold files and learns its weights.
//
//	evaluate extract < ARTICLES.jsonl    write the incidents of each article, one line an article
//	evaluate learn DIR [SET]             learn weights.txt (names, counts, stories) from gold files, list mistakes on SET;
//	                                     run from the project's root, whose sample gold is read as well, and with
//	                                     the articles that subjects.tsv answers for in DIR/../corpus
//	evaluate calibrate DIR               print how often claims are right, by field and confidence
//	evaluate score SET FILE              print how much of what is extracted is right, by field, over a gold file of a set
//	evaluate score DIR                   the same over every gold file in a folder, DIR/SET/dev.jsonl or DIR/SET_dev.jsonl
//	evaluate train MODEL DIR FILE        learn the weights of a model (action, sector) from gold files
//	evaluate roles DIR [FIELD]           learn the roles of candidates (indexer/extract/roles/weights.tsv) from
//	                                     labels.jsonl and the gold files, list mistakes of FIELD
//	evaluate words FILES                 write words.txt, the words that are no names, counted in articles
package main

import (
	"fmt"
	"os"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "evaluate:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	if len(args) == 0 {
		return fmt.Errorf("missing command: want extract, learn, calibrate, score, train or words")
	}
	switch args[0] {
	case "extract":
		return runExtract(os.Stdin, os.Stdout)
	case "learn":
		return runLearn(args[1:], os.Stdout, os.Stderr)
	case "calibrate":
		return runCalibrate(args[1:], os.Stdout)
	case "score":
		return runScore(args[1:], os.Stdout)
	case "train":
		return runTrain(args[1:], os.Stdout)
	case "roles":
		return runRoles(args[1:], os.Stdout, os.Stderr)
	case "words":
		return runWords(args[1:], os.Stdout)
	}
	return fmt.Errorf("unknown command %q", args[0])
}
