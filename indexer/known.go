package indexer

import (
	"context"
	"hash/maphash"
	"slices"

	"incidex/data"
	"incidex/indexer/group"
)

// maxKept is the number of incidents above which those that are written are
// forgotten and read from the index when they are needed: about 200 MB.
const maxKept = 100_000

// known are the incidents as a run has left them: those that it has changed, which
// may not be written yet, and those that it has asked the index for. It is not safe
// for concurrent use.
type known struct {
	sink Sink
	// fresh says that the index held nothing when the run began: all that is in it now
	// has been among the incidents.
	fresh bool
	most  int // see maxKept

	list      []*group.Incident // nil for one that is gone
	number    map[string]int32  // in the list, by id
	redirects map[string]string // ids of merged incidents
	first     map[uint32]int32  // of the links of a key
	links     []link
	loaded    map[uint32]int // keys that were read from the index, and the most incidents looked for
	crowded   map[uint32]int // keys with more incidents than so many
	forgotten *hashes        // ids and keys of incidents that were forgotten, of a fresh index; nil before
}

// link says that an incident has a key, or had it before it changed.
type link struct {
	incident int32 // number
	next     int32 // link of the key; 0, the number of none, for the last one
}

func newKnown(sink Sink, fresh bool) known {
	return known{
		sink: sink, fresh: fresh, most: maxKept, number: map[string]int32{}, redirects: map[string]string{},
		first: map[uint32]int32{}, links: make([]link, 1), loaded: map[uint32]int{}, crowded: map[uint32]int{},
	}
}

// incident returns an incident that need not be asked for, nil for one that is gone.
func (k *known) incident(id string) (inc *group.Incident, ok bool) {
	n, ok := k.number[id]
	if !ok {
		return nil, k.fresh && !k.forgotten.hasID(id)
	}
	return k.list[n], true
}

// get returns an incident by its id or that of one that was merged into it, nil when
// there is none.
func (k *known) get(ctx context.Context, id string) (*group.Incident, error) {
	for k.redirects[id] != "" {
		id = k.redirects[id]
	}
	if inc, ok := k.incident(id); ok {
		return inc, nil
	}
	found, err := k.sink.Incidents(ctx, id)
	if err != nil || found[0] == nil {
		return nil, err
	}
	return k.remember(found[0]), nil
}

// taken reports whether an id belongs to an incident, or did so before a merge.
func (k *known) taken(ctx context.Context, id string) (bool, error) {
	if k.redirects[id] != "" {
		return true, nil
	}
	inc, err := k.get(ctx, id)
	return inc != nil, err
}

// remember adds an incident that was read from the index, unless the run has
// changed it, and returns it as the run has left it.
func (k *known) remember(read *data.Incident) *group.Incident {
	if n, ok := k.number[read.ID]; ok {
		return k.list[n]
	}
	inc := group.Prepare(read)
	k.set(inc.ID, inc)
	return inc
}

// set makes inc the incident of an id; nil takes it away.
func (k *known) set(id string, inc *group.Incident) {
	n, ok := k.number[id]
	if !ok {
		n = int32(len(k.list))
		k.number[id] = n
		k.list = append(k.list, nil)
	}
	old := k.list[n]
	k.list[n] = inc
	if inc == nil {
		return
	}
	for _, key := range inc.Keys {
		if old == nil || !has(old, key) {
			k.links = append(k.links, link{n, k.first[key]})
			k.first[key] = int32(len(k.links) - 1)
		}
	}
}

func has(inc *group.Incident, key uint32) bool {
	_, ok := slices.BinarySearch(inc.Keys, key)
	return ok
}

// candidates returns the incidents that have a key that a newcomer looks for, or
// several where one alone tells too little, without keys that too many have.
func (k *known) candidates(ctx context.Context, m group.Newcomer) ([]*group.Incident, error) {
	var out []*group.Incident
	var told []int // how much the keys of each tell
	var with []*group.Incident
	for _, key := range m.Near {
		if err := k.load(ctx, key); err != nil {
			return nil, err
		}
		if k.crowded[key.Hash] > key.Most {
			continue
		}
		with = with[:0]
		for i := k.first[key.Hash]; i != 0 && len(with) <= key.Most; i = k.links[i].next {
			if inc := k.list[k.links[i].incident]; inc != nil && has(inc, key.Hash) {
				with = append(with, inc)
			}
		}
		if len(with) > key.Most {
			continue
		}
		for _, inc := range with {
			i := slices.Index(out, inc)
			if i < 0 {
				i = len(out)
				out, told = append(out, inc), append(told, 0)
			}
			told[i] += key.Tells
		}
	}
	near := out[:0]
	for i, inc := range out {
		if told[i] >= group.TellsEnough {
			near = append(near, inc)
		}
	}
	return near, nil
}

// load reads the incidents with a key from the index where some may be there.
func (k *known) load(ctx context.Context, key group.Key) error {
	if k.fresh && !k.forgotten.has(uint64(key.Hash)) || k.loaded[key.Hash] >= key.Most || k.crowded[key.Hash] > key.Most {
		return nil
	}
	found, few, err := k.sink.IncidentsWith(ctx, key.Hash, key.Most)
	if err != nil {
		return err
	}
	if !few {
		k.crowded[key.Hash] = key.Most + 1
		return nil
	}
	for _, inc := range found {
		k.remember(inc)
	}
	k.loaded[key.Hash] = key.Most
	return nil
}

// full reports whether it is time to forget.
func (k *known) full() bool { return len(k.list) > k.most }

// forget drops all incidents, which must have been written.
func (k *known) forget() {
	if k.fresh {
		if k.forgotten == nil {
			k.forgotten = newHashes()
		}
		for id := range k.number {
			k.forgotten.addID(id)
		}
		for key := range k.first {
			k.forgotten.add(uint64(key))
		}
	}
	clear(k.list)
	k.list, k.links = k.list[:0], k.links[:1]
	clear(k.number)
	clear(k.first)
	clear(k.loaded)
}

// hashes is a set of ids and keys that takes a fixed room. It can have some that
// were never added: 1 in 13 after 10 million. A nil one is empty.
type hashes struct {
	seed maphash.Seed
	bits []uint64
}

// hashBits is the binary logarithm of the number of bits: 16 MB.
const hashBits = 27

func newHashes() *hashes {
	return &hashes{maphash.MakeSeed(), make([]uint64, 1<<(hashBits-6))}
}

func (h *hashes) add(x uint64) {
	x = maphash.Comparable(h.seed, x) >> (64 - hashBits)
	h.bits[x>>6] |= 1 << (x & 63)
}

func (h *hashes) has(x uint64) bool {
	if h == nil {
		return false
	}
	x = maphash.Comparable(h.seed, x) >> (64 - hashBits)
	return h.bits[x>>6]>>(x&63)&1 != 0
}

func (h *hashes) addID(id string) { h.add(maphash.String(h.seed, id)) }

func (h *hashes) hasID(id string) bool { return h != nil && h.has(maphash.String(h.seed, id)) }
