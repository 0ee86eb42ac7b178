package extract

import (
	_ "embed"
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
	for line := range strings.Lines(weightsFile) {
		parts := strings.Fields(line)
		if len(parts) != 3 || parts[0] != model {
			continue
		}
		i, err := strconv.Atoi(parts[1])
		w, err2 := strconv.ParseFloat(parts[2], 64)
		if err == nil && err2 == nil && i >= 0 && i < n {
			out[i] = w
		}
	}
	return out
}
