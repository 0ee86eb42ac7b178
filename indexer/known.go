package indexer

import (
	"context"
	"hash/maphash"
	"slices"

	"incidex/data"
	"incidex/indexer/group"
)

// maxKept is the number of incidents above which those that are written are
// forgotten and read from the index when they are needed: about 250 MB.
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

	incidents map[string]*group.Incident // nil for one that is gone
	redirects map[string]string          // ids of merged incidents
	keys      map[uint32][]string        // incident ids by grouping key, a superset
	loaded    map[uint32]int             // keys that were read from the index, and the most incidents looked for
	crowded   map[uint32]int             // keys with more incidents than so many
	forgotten *hashes                    // ids and keys of incidents that were forgotten, of a fresh index; nil before
}

func newKnown(sink Sink, fresh bool) known {
	return known{
		sink: sink, fresh: fresh, most: maxKept,
		incidents: map[string]*group.Incident{}, redirects: map[string]string{},
		keys: map[uint32][]string{}, loaded: map[uint32]int{}, crowded: map[uint32]int{},
	}
}

// get returns an incident by its id or that of one that was merged into it, nil when
// there is none.
func (k *known) get(ctx context.Context, id string) (*group.Incident, error) {
	for k.redirects[id] != "" {
		id = k.redirects[id]
	}
	if inc, ok := k.incidents[id]; ok || k.fresh && !k.forgotten.hasID(id) {
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
	if inc, ok := k.incidents[read.ID]; ok {
		return inc
	}
	inc := group.Prepare(read)
	k.set(inc.ID, inc)
	return inc
}

// set makes inc the incident of an id; nil takes it away.
func (k *known) set(id string, inc *group.Incident) {
	k.incidents[id] = inc
	if inc == nil {
		return
	}
	for _, key := range inc.Keys {
		if ids := k.keys[key]; !slices.Contains(ids, id) {
			k.keys[key] = append(ids, id)
		}
	}
}

// candidates returns the incidents that share a key with a member.
func (k *known) candidates(ctx context.Context, m *group.Profile) ([]*group.Incident, error) {
	var out []*group.Incident
	for _, key := range m.Keys {
		if err := k.load(ctx, key); err != nil {
			return nil, err
		}
		ids := k.keys[key.Hash]
		if len(ids) > key.Most || k.crowded[key.Hash] > key.Most {
			continue // so common that it tells nothing
		}
		live := ids[:0]
		for _, id := range ids {
			inc := k.incidents[id]
			if inc == nil {
				continue
			}
			if _, ok := slices.BinarySearch(inc.Keys, key.Hash); !ok {
				continue
			}
			live = append(live, id)
			if !slices.Contains(out, inc) {
				out = append(out, inc)
			}
		}
		if len(live) < len(ids) {
			k.keys[key.Hash] = live
		}
	}
	return out, nil
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
func (k *known) full() bool { return len(k.incidents) > k.most }

// forget drops all incidents, which must have been written.
func (k *known) forget() {
	if k.fresh {
		if k.forgotten == nil {
			k.forgotten = newHashes()
		}
		for id := range k.incidents {
			k.forgotten.addID(id)
		}
		for key := range k.keys {
			k.forgotten.add(uint64(key))
		}
	}
	clear(k.incidents)
	clear(k.keys)
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
