package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"strings"
	"syscall"

	"incidex/search"
	"incidex/search/bleveindex"
)

// The exit codes of all commands.
const (
	exitOK          = 0
	exitFailure     = 1
	exitUsage       = 2
	exitNotFound    = 3 // or not all of it could be read
	exitLocked      = 4
	exitDamaged     = 5
	exitAddress     = 6
	exitInterrupted = 130
)

const exitCodes = `Exit codes:
  0    done
  1    failed; the message says why
  2    wrong arguments, or a request that can never succeed
  3    not found: no such file, folder, index, article or incident; or files were
       skipped, as listed, and the rest is done (--allow-skipped makes that 0)
  4    the index is open in another process
  5    the index is damaged
  6    the address to listen on is taken or cannot be used
  130  interrupted; what was done so far is kept`

// usageError is a mistake in the command line.
type usageError struct{ error }

func (e usageError) Unwrap() error { return e.error }

// skippedError says that all is done but for so many files, or articles in them.
type skippedError int

func (e skippedError) Error() string {
	return fmt.Sprintf("skipped %d files or articles, as listed; the rest is done, and --allow-skipped takes that for success", int(e))
}

// allowSkipped is the help of that flag.
const allowSkipped = "exit with 0 although files were skipped"

// failure is what is written of an error with --json, to the standard error.
type failure struct {
	Error string `json:"error"`
	// Code is the exit code.
	Code int `json:"code"`
}

// removed is what commands write in JSON that remove something.
type removed struct {
	Name string `json:"removed"`
}

func exitCode(ctx context.Context, err error) int {
	var usage usageError
	var locked *bleveindex.LockedError
	var damaged *bleveindex.DamagedError
	var skipped skippedError
	var op *net.OpError
	switch {
	case err == nil:
		return exitOK
	case errors.Is(err, context.Canceled) && ctx.Err() != nil:
		return exitInterrupted
	case errors.As(err, &usage), errors.Is(err, search.ErrInvalid):
		return exitUsage
	case errors.Is(err, fs.ErrNotExist), errors.Is(err, bleveindex.ErrNoIndex), errors.Is(err, search.ErrNotFound), errors.As(err, &skipped):
		return exitNotFound
	case errors.As(err, &locked):
		return exitLocked
	case errors.As(err, &damaged), errors.Is(err, errFaulty):
		return exitDamaged
	case errors.As(err, &op) && op.Op == "listen":
		return exitAddress
	default:
		return exitFailure
	}
}

// message is the one line that a person reads of an error.
func message(err error) string {
	if all := joined(err); len(all) > 1 {
		parts := make([]string, len(all))
		for i, e := range all {
			parts[i] = message(e)
		}
		return strings.Join(parts, "; ")
	}
	var op *net.OpError
	var kind kindError
	switch {
	case errors.As(err, &kind):
		return err.Error()
	case errors.Is(err, bleveindex.ErrNoIndex):
		return err.Error() + ": make one with incidex index FOLDER, or see the sample with incidex serve"
	case errors.As(err, &op) && op.Op == "listen":
		if errors.Is(err, syscall.EADDRINUSE) {
			return "address " + op.Addr.String() + " is in use by another program: stop it, or choose another with --listen"
		}
		return "cannot listen: " + err.Error() + ": choose another address with --listen"
	case errors.Is(err, context.Canceled):
		return "interrupted"
	case errors.Is(err, syscall.ENOSPC):
		return err.Error() + ": free some, then run the same again; what was written so far is kept"
	case errors.Is(err, syscall.EROFS):
		return err.Error() + ": it can be searched, and exported, but not served or changed there; use another folder with --data"
	case errors.Is(err, fs.ErrPermission):
		return err.Error() + ": use an account that may, or another folder with --data"
	default:
		return err.Error()
	}
}

// joined are the errors that errors.Join made one of, which stand on a line each. Other
// errors that wrap several say them in a sentence.
func joined(err error) []error {
	of, ok := err.(interface{ Unwrap() []error })
	if !ok {
		return nil
	}
	var lines []string
	for _, e := range of.Unwrap() {
		lines = append(lines, e.Error())
	}
	if err.Error() != strings.Join(lines, "\n") {
		return nil
	}
	return of.Unwrap()
}
