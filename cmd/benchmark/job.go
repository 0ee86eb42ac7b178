package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"time"
)

// A job is one measured thing that runs in a process of its own, so that memory
// and collections of one engine do not disturb another. The program starts
// itself with the job's name and files as arguments.

// result is what a job prints.
type result struct {
	Seconds   float64 `json:"seconds"`
	Processor float64 `json:"processor_seconds"`
	// PeakRSS is in bytes; 0 where the system does not say.
	PeakRSS int64 `json:"peak_rss"`
}

var jobs = map[string]func(ctx context.Context, from, to string) (time.Duration, error){
	"incidex": indexProduct,
	"Bleve":   indexBleve,
	"SQLite":  indexSQLite,
	"open":    openAndSearch,
}

// job runs as the child process.
func job(ctx context.Context, name, from, to string) error {
	run, ok := jobs[name]
	if !ok {
		return fmt.Errorf("unknown job %q", name)
	}
	d, err := run(ctx, from, to)
	if err != nil {
		return err
	}
	return json.NewEncoder(os.Stdout).Encode(result{d.Seconds(), processorTime().Seconds(), peakRSS()})
}

// start runs a job and waits for it.
func start(ctx context.Context, name, from, to string) (result, error) {
	var r result
	self, err := os.Executable()
	if err != nil {
		return r, err
	}
	c := exec.CommandContext(ctx, self, "-job", name, from, to)
	var out bytes.Buffer
	c.Stdout, c.Stderr = &out, os.Stderr
	if err := c.Run(); err != nil {
		return r, fmt.Errorf("run job %s: %w", name, err)
	}
	if err := json.Unmarshal(out.Bytes(), &r); err != nil {
		return r, fmt.Errorf("run job %s: %w", name, err)
	}
	return r, nil
}

// openAndSearch opens the product's index and asks all questions. The time is
// that of opening up to the first answer.
func openAndSearch(ctx context.Context, dir, seed string) (time.Duration, error) {
	n, err := strconv.ParseUint(seed, 10, 64)
	if err != nil {
		return 0, err
	}
	list := questions(newWords(n))
	start := time.Now()
	p, err := openProduct(dir)
	if err != nil {
		return 0, err
	}
	defer p.close()
	var opened time.Duration
	for _, q := range list {
		if _, err := p.ask(ctx, q); err != nil {
			return 0, err
		}
		if opened == 0 {
			opened = time.Since(start)
		}
	}
	return opened, nil
}

// peakRSS is the most memory that this process had resident, in bytes, as Linux
// tells it.
func peakRSS() int64 {
	f, err := os.Open("/proc/self/status")
	if err != nil {
		return 0
	}
	defer f.Close()
	for s := bufio.NewScanner(f); s.Scan(); {
		if rest, ok := strings.CutPrefix(s.Text(), "VmHWM:"); ok {
			kb, _ := strconv.ParseInt(strings.TrimSuffix(strings.TrimSpace(rest), " kB"), 10, 64)
			return kb << 10
		}
	}
	return 0
}
