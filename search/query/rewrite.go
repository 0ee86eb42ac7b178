package query

// RewriteWords returns the tree with f applied to its words, but for those that it
// excludes. Words are counted from 0. What becomes nil is left out, and several
// words for one in an And join the others.
func RewriteWords(node Node, f func(i int, w Word) Node) Node {
	number := -1
	var walk func(Node) Node
	all := func(nodes []Node) []Node {
		var out []Node
		for _, n := range nodes {
			_, word := n.(Word)
			switch x := walk(n).(type) {
			case nil:
			case And:
				if !word {
					out = append(out, x)
					break
				}
				out = append(out, x.Nodes...)
			default:
				out = append(out, x)
			}
		}
		return out
	}
	walk = func(node Node) Node {
		switch n := node.(type) {
		case Word:
			number++
			return f(number, n)
		case And:
			nodes := all(n.Nodes)
			if len(nodes) == 1 {
				return nodes[0]
			}
			return And{Nodes: nodes}
		case Or:
			out := Or{Nodes: make([]Node, len(n.Nodes))}
			for i, c := range n.Nodes {
				out.Nodes[i] = walk(c)
			}
			return out
		}
		return node
	}
	return walk(node)
}

// Runs are the words that stand side by side in a query, but for those that it excludes.
func Runs(node Node) [][]string {
	var out [][]string
	var run []string
	end := func() {
		if run != nil {
			out = append(out, run)
		}
		run = nil
	}
	var walk func(Node)
	walk = func(node Node) {
		switch n := node.(type) {
		case Word:
			run = append(run, n.Text)
			return
		case And:
			for _, c := range n.Nodes {
				walk(c)
			}
			return
		case Or:
			for _, c := range n.Nodes {
				end()
				walk(c)
			}
		}
		end()
	}
	walk(node)
	end()
	return out
}
