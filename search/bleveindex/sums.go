package bleveindex

import (
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"os"
	"path/filepath"

	"github.com/RoaringBitmap/roaring/v2"
	segment "github.com/blevesearch/scorch_segment_api/v2"

	"incidex/search/parallel"
)

// Nobody else looks at the sums of segments: a byte that a disk turned over would be
// searched, and merged into the next segment with a sum that fits. So a segment's sum is
// checked before it is merged, and once by whoever opens a generation first after the file
// was written or changed. Which files were checked stands in a file of the generation.

const (
	// checkedFile is that file. It may be missing: then all are checked again.
	checkedFile = "CHECKED"
	// maxVerified is how many bytes are read for their sums when a generation is opened:
	// about a second's. An index of millions of articles is not to wait for all of its
	// bytes; the rest is for those who open it later.
	maxVerified = 1 << 30
)

// stamp tells a file from what it becomes when it is written to.
type stamp struct {
	Size    int64 `json:"size"`
	Changed int64 `json:"changed"` // nanoseconds since 1970
}

// checkSums compares the sums of segment files with what they hold, up to maxVerified bytes;
// those that were checked before and not changed are passed over unless again is set.
func checkSums(generation string, files []string, again bool) error {
	before := readChecked(generation)
	now := map[string]stamp{}
	var check []string
	left := int64(maxVerified)
	for _, name := range files {
		info, err := os.Stat(name)
		if err != nil {
			return err
		}
		base, s := filepath.Base(name), stamp{info.Size(), info.ModTime().UnixNano()}
		if !again && before[base] == s {
			now[base] = s
			continue
		}
		if left -= s.Size; left >= 0 {
			now[base], check = s, append(check, name)
		}
	}
	err := parallel.Try(len(check), func(i int) error {
		if err := checkSum(check[i]); err != nil {
			return fmt.Errorf("%s: %w", filepath.Base(check[i]), err)
		}
		return nil
	})
	if err == nil && len(check) > 0 {
		writeChecked(generation, now)
	}
	return err
}

func readChecked(generation string) map[string]stamp {
	var out map[string]stamp
	raw, err := os.ReadFile(filepath.Join(generation, checkedFile))
	if err != nil || json.Unmarshal(raw, &out) != nil {
		return nil
	}
	return out
}

// writeChecked may fail, as in a folder that must not be written to: the next one checks
// again.
func writeChecked(generation string, checked map[string]stamp) {
	info, err := os.Stat(generation)
	if err != nil {
		return
	}
	raw, err := json.Marshal(checked)
	if err != nil {
		return
	}
	tmp, err := os.CreateTemp(generation, checkedFile+"-*")
	if err != nil {
		return
	}
	_, err = tmp.Write(raw)
	err = errors.Join(err, tmp.Chmod(0o600|info.Mode().Perm()&0o044), tmp.Close())
	if err == nil {
		err = os.Rename(tmp.Name(), filepath.Join(generation, checkedFile))
	}
	if err != nil {
		_ = os.Remove(tmp.Name())
	}
}

// checkSum compares the sum that ends a segment with what stands before it.
func checkSum(name string) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	if info.Size() < crc32.Size {
		return errors.New("it was cut off")
	}
	sum := crc32.NewIEEE()
	if _, err := io.CopyN(sum, f, info.Size()-crc32.Size); err != nil {
		return err
	}
	var want [crc32.Size]byte
	if _, err := io.ReadFull(f, want[:]); err != nil {
		return err
	}
	if [crc32.Size]byte(sum.Sum(nil)) != want { // both big-endian
		return errors.New("the sum does not fit: a part was overwritten")
	}
	return nil
}

// errSum says that segments were not merged.
var errSum = errors.New("a segment was not merged")

func (s *segments) Merge(segs []segment.Segment, drops []*roaring.Bitmap, path string, closed chan struct{}, stats segment.StatsReporter) ([][]uint64, uint64, error) {
	return s.MergeUsing(segs, drops, path, closed, stats, nil)
}

// MergeUsing merges segments whose sums fit.
func (s *segments) MergeUsing(segs []segment.Segment, drops []*roaring.Bitmap, path string, closed chan struct{}, stats segment.StatsReporter, config map[string]any) ([][]uint64, uint64, error) {
	for _, seg := range segs {
		file, ok := seg.(segment.PersistedSegment)
		if !ok {
			continue
		}
		if err := checkSum(file.Path()); err != nil {
			return nil, 0, fmt.Errorf("%w: %s: %w", errSum, filepath.Base(file.Path()), err)
		}
	}
	return s.ZapPlugin.MergeUsing(plainSegments(segs), drops, path, closed, stats, config)
}
