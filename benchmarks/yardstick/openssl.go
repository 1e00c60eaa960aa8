package main

import (
	"errors"
	"fmt"
	"os/exec"
	"regexp"
	"strconv"
	"strings"
	"syscall"
	"time"
)

var (
	connections = regexp.MustCompile(`(?m)^(\d+) connections in \d+ real seconds`)
	notVerified = regexp.MustCompile(`verify error:.*`)
)

// opensslRound lasts COUNT seconds, and has one connection at a time, whatever IN_FLIGHT says: s_time cannot do other.
// It verifies the chain but no name, sends no SNI, and a round includes the start of a process.
func opensslRound(line string) (string, error) {
	order, err := orderOf(line)
	if err != nil {
		return "", err
	}
	began := time.Now()
	command := exec.Command("openssl", "s_time", "-connect", order.address, "-new", "-time", fmt.Sprint(order.count),
		"-CAfile", order.root, "-verify", "3")
	output, err := command.CombinedOutput()
	wall := time.Since(began)
	if err != nil {
		return "", fmt.Errorf("openssl s_time: %w: %s", err, output)
	}
	if failure := notVerified.Find(output); failure != nil {
		return "", errors.New("openssl s_time: " + string(failure))
	}
	counted := connections.FindSubmatch(output)
	if counted == nil {
		return "", errors.New("openssl s_time says no number of connections: " + strings.TrimSpace(string(output)))
	}
	checks, err := strconv.ParseInt(string(counted[1]), 10, 64)
	if err != nil {
		return "", err
	}
	used := command.ProcessState.SysUsage().(*syscall.Rusage)
	return round(checks, 0, wall, syscall.Rusage{}, *used), nil
}
