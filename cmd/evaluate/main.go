// Command evaluate measures extraction over gold files.
//
//	evaluate extract < ARTICLES.jsonl     write the incidents of each article, one line an article
//	evaluate train MODEL GOLDDIR FILE     learn the weights of a model (action, sector) from gold files
//	evaluate learn DIR [SET] > weights.txt      learn the weights of victim, count and story
//	evaluate words FILES > words.txt       write the words that are no names, counted in articles
package main

import (
	"fmt"
	"os"
	"strings"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "evaluate:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	if len(args) == 0 {
		return fmt.Errorf("missing command: want extract, learn, train or words")
	}
	switch args[0] {
	case "learn":
		if len(args) < 2 {
			return fmt.Errorf("learn: want the folder of the gold files")
		}
		return runLearn(args[1], strings.Join(args[2:], ""), os.Stdout, os.Stderr)
	case "words":
		return runWords(args[1:], os.Stdout)
	case "train":
		return runTrain(args[1:], os.Stdout)
	case "extract":
		return runExtract(os.Stdin, os.Stdout)
	}
	return fmt.Errorf("unknown command %q", args[0])
}
