package extract

import (
	"fmt"
	"maps"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
)

// Constants of the learning of the bag of words.
const (
	bagRounds = 15
	bagDecay  = 2e-2
	// bagLeast is the number of lessons that a feature must occur in, and bagSmall
	// the weight below which it is left out.
	bagLeast = 3
	bagSmall = 0.06
)

// paper is a document as a bag of words.
type paper struct {
	words  []string
	right  bool
	weight float64
	fold   int
}

// fitBag learns weights from all folds but one.
func fitBag(papers []paper, without int) map[string]float64 {
	count := map[string]int{}
	for _, p := range papers {
		for _, w := range p.words {
			count[w]++
		}
	}
	weights, squares := map[string]float64{}, map[string]float64{}
	order := make([]int, 0, len(papers))
	for i := range papers {
		if papers[i].fold != without {
			order = append(order, i)
		}
	}
	random := rand.New(rand.NewPCG(learnSeed, learnSeed))
	for range bagRounds {
		random.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		for _, i := range order {
			p := &papers[i]
			off := sigmoid(sumOf(weights, p.words))
			if p.right {
				off--
			}
			for _, w := range p.words {
				if count[w] < bagLeast {
					continue
				}
				g := p.weight*off + bagDecay*weights[w]
				squares[w] += g * g
				weights[w] -= learnRate * g / (math.Sqrt(squares[w]) + 1e-6)
			}
		}
	}
	maps.DeleteFunc(weights, func(_ string, w float64) bool { return math.Abs(w) < bagSmall })
	return weights
}

func sumOf(weights map[string]float64, words []string) float64 {
	sum := 0.0
	for _, w := range words {
		sum += weights[w]
	}
	return sum
}

func writeBag(out *strings.Builder, weights map[string]float64) {
	for _, w := range slices.Sorted(maps.Keys(weights)) {
		fmt.Fprintf(out, "bag %s %.2f\n", w, weights[w])
	}
}
