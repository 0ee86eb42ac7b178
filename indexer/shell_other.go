//go:build !unix

package indexer

import (
	"context"
	"os/exec"
)

// shell is a line for the shell.
func shell(ctx context.Context, line string) *exec.Cmd {
	return exec.CommandContext(ctx, "cmd", "/C", line)
}

// kill ends a command.
func kill(cmd *exec.Cmd) { _ = cmd.Process.Kill() }
