package extract

import (
	_ "embed"
	"iter"
	"strconv"
	"strings"
)

// weightsFile holds the learned weights, one "model feature weight" a line, made
// by "evaluate train".
//
//go:embed weights.txt
var weightsFile string

// weightsOf returns the weights of a model with n features; what the file does
// not have is 0.
func weightsOf(model string, n int) []float64 {
	out := make([]float64, n)
	for name, w := range namedWeights(model) {
		if i, err := strconv.Atoi(name); err == nil && i >= 0 && i < n {
			out[i] = w
		}
	}
	return out
}

// namedWeights yields the features and weights of a model.
func namedWeights(model string) iter.Seq2[string, float64] {
	return func(yield func(string, float64) bool) {
		for line := range strings.Lines(weightsFile) {
			rest, ok := strings.CutPrefix(line, model+" ")
			if !ok {
				continue
			}
			name, weight, _ := strings.Cut(strings.TrimSpace(rest), " ")
			if w, err := strconv.ParseFloat(weight, 64); err == nil && !yield(name, w) {
				return
			}
		}
	}
}
