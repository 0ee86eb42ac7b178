package indexer

import (
	"context"
	"math"
	"slices"

	"incidex/data"
	"incidex/indexer/group"
)

// maxUnpacked is the number of incidents that are kept ready to be compared, which takes
// about 2 KB each. Of the others only ids and keys stay in memory, 400 bytes each.
const maxUnpacked = 30_000

// lookedShare is how many articles the index has for each key that a run looks for in
// it before it reads all incidents: by then, that takes about as long again.
const lookedShare = 10

// lookedUnknown is the number of such keys where the index has no file that was read to
// its end.
const lookedUnknown = 10_000

// known are the incidents as a run has left them: those that it has changed, which
// may not be written yet, and those that it has asked the index for. It is not safe
// for concurrent use.
type known struct {
	sink Sink
	// whole says that all incidents of the index are known.
	whole bool
	// patience is the number of keys that are looked for in the index before all
	// incidents are read at once; 0 means that they never are.
	patience int
	most     int // see maxUnpacked

	incidents []*group.Incident // nil for one that is packed or gone
	packed    []place           // of the incidents; zero for one that is not packed as it is now
	spill     spill             // what is packed
	number    map[string]int32  // of an incident, by id
	unpacked  int               // number of those that are not nil
	redirects map[string]string // ids of merged incidents
	first     map[uint32]int32  // of the links of a key
	links     []link
	loaded    map[uint32]int // keys that were read from the index, and the most incidents looked for
	crowded   map[uint32]int // keys with more incidents than so many
}

// link says that an incident has a key, or had it before it changed.
type link struct {
	incident int32 // number
	next     int32 // link of the key; 0, the number of none, for the last one
}

func newKnown(sink Sink, whole bool) known {
	return known{
		sink: sink, whole: whole, most: maxUnpacked, number: map[string]int32{}, redirects: map[string]string{},
		first: map[uint32]int32{}, links: make([]link, 1), loaded: map[uint32]int{}, crowded: map[uint32]int{},
	}
}

// get returns an incident by its id or that of one that was merged into it, nil when
// there is none.
func (k *known) get(ctx context.Context, id string) (*group.Incident, error) {
	for k.redirects[id] != "" {
		id = k.redirects[id]
	}
	if n, ok := k.number[id]; ok {
		return k.at(n)
	} else if k.whole {
		return nil, nil
	}
	found, err := k.sink.Incidents(ctx, id)
	if err != nil || found[0] == nil {
		return nil, err
	}
	return k.remember(found[0])
}

// at returns an incident by its number, nil for one that is gone.
func (k *known) at(n int32) (*group.Incident, error) {
	if k.incidents[n] != nil || k.packed[n] == (place{}) {
		return k.incidents[n], nil
	}
	raw, err := k.spill.get(k.packed[n])
	if err != nil {
		return nil, err
	}
	inc, err := group.Unpack(raw)
	if err != nil {
		return nil, err
	}
	k.incidents[n] = inc
	k.unpacked++
	return inc, nil
}

// exists reports whether an incident is not gone.
func (k *known) exists(n int32) bool { return k.incidents[n] != nil || k.packed[n] != (place{}) }

// taken reports whether an id belongs to an incident, or did so before a merge.
func (k *known) taken(ctx context.Context, id string) (bool, error) {
	if k.redirects[id] != "" {
		return true, nil
	}
	if n, ok := k.number[id]; ok {
		return k.exists(n), nil
	}
	inc, err := k.get(ctx, id)
	return inc != nil, err
}

// remember adds an incident that was read from the index, unless the run has
// changed it, and returns it as the run has left it.
func (k *known) remember(read *data.Incident) (*group.Incident, error) {
	if n, ok := k.number[read.ID]; ok {
		return k.at(n)
	}
	inc := group.Prepare(read)
	return inc, k.set(inc.ID, inc)
}

// set makes inc the incident of an id; nil takes it away.
func (k *known) set(id string, inc *group.Incident) error {
	n, ok := k.number[id]
	if !ok {
		n = int32(len(k.incidents))
		k.number[id] = n
		k.incidents, k.packed = append(k.incidents, nil), append(k.packed, place{})
	}
	old, err := k.at(n)
	if err != nil {
		return err
	}
	if old != nil {
		k.unpacked--
	}
	k.incidents[n], k.packed[n] = inc, place{}
	if inc == nil {
		return nil
	}
	k.unpacked++
	for _, key := range inc.Keys {
		if old == nil || !has(old, key) {
			k.links = append(k.links, link{n, k.first[key]})
			k.first[key] = int32(len(k.links) - 1)
		}
	}
	return nil
}

func has(inc *group.Incident, key uint32) bool {
	_, ok := slices.BinarySearch(inc.Keys, key)
	return ok
}

// candidates returns the incidents that have a key that a newcomer looks for, or
// several where one alone tells too little, without keys that too many have.
func (k *known) candidates(ctx context.Context, m group.Newcomer) ([]*group.Incident, error) {
	var near, with []int32
	var told []int // how much the keys of each tell
	for _, key := range m.Near {
		if err := k.load(ctx, key); err != nil {
			return nil, err
		}
		if k.crowded[key.Hash] > key.Most {
			continue
		}
		with = with[:0]
		for i := k.first[key.Hash]; i != 0 && len(with) <= key.Most; i = k.links[i].next {
			if n := k.links[i].incident; k.exists(n) {
				with = append(with, n)
			}
		}
		if len(with) > key.Most {
			continue
		}
		for _, n := range with {
			i := slices.Index(near, n)
			if i < 0 {
				i = len(near)
				near, told = append(near, n), append(told, 0)
			}
			told[i] += key.Tells
		}
	}
	var out []*group.Incident
	for i, n := range near {
		if told[i] < group.TellsEnough {
			continue
		}
		inc, err := k.at(n)
		if err != nil {
			return nil, err
		}
		if inc != nil {
			out = append(out, inc)
		}
	}
	return out, nil
}

// load reads the incidents with a key from the index where some may be there that are
// not known.
func (k *known) load(ctx context.Context, key group.Key) error {
	if k.whole || k.loaded[key.Hash] >= key.Most || k.crowded[key.Hash] > key.Most {
		return nil
	}
	if k.patience--; k.patience == 0 {
		return k.loadAll(ctx)
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
		if _, err := k.remember(inc); err != nil {
			return err
		}
	}
	k.loaded[key.Hash] = key.Most
	return nil
}

// loadAll reads all incidents from the index. Each takes a fifth of the time that it
// takes to look for those with a key.
func (k *known) loadAll(ctx context.Context) error {
	for read, err := range k.sink.AllIncidents(ctx) {
		if err != nil {
			return err
		}
		for _, id := range read.Merged {
			if _, ok := k.number[id]; !ok && k.redirects[id] == "" {
				k.redirects[id] = read.ID
			}
		}
		if _, ok := k.number[read.ID]; ok {
			continue // the run may have changed it
		}
		if _, err := k.remember(read); err != nil {
			return err
		}
		k.spare()
	}
	k.whole = true
	clear(k.crowded) // the links tell
	return nil
}

// spare packs all incidents when too many are not. Where there is no room for them, they
// stay as they are.
func (k *known) spare() {
	if k.unpacked <= k.most {
		return
	}
	var raw []byte
	for n, inc := range k.incidents {
		if inc == nil {
			continue
		}
		if k.packed[n] == (place{}) {
			raw = inc.Pack(raw[:0])
			at, err := k.spill.put(raw)
			if err != nil {
				k.most = math.MaxInt
				return
			}
			k.packed[n] = at
		}
		k.incidents[n] = nil
		k.unpacked--
	}
}
