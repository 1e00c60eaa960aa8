// Yardstick is what Certtide's checks are measured with and against: certificates that nobody has seen before, a TLS
// server that is in nobody's way, and a checker in Go.
//
//	yardstick issue FOLDER LEAVES   writes the three chains, each with so many leaves
//	yardstick serve FOLDER          opens listeners as told on standard input, one a line
//	yardstick check                 runs rounds of checks as told on standard input, one a line
//	yardstick openssl               the same with "openssl s_time", for so many seconds instead of checks
package main

import (
	"bufio"
	"fmt"
	"os"
	"runtime"
	"strconv"
	"strings"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "yardstick:", err)
		os.Exit(1)
	}
}

func run(arguments []string) error {
	switch {
	case len(arguments) == 3 && arguments[0] == "issue":
		leaves, err := strconv.Atoi(arguments[2])
		if err != nil {
			return fmt.Errorf("%q is no number of leaves", arguments[2])
		}
		return issue(arguments[1], leaves)
	case len(arguments) == 2 && arguments[0] == "serve":
		return eachLine(func(line string) (string, error) { return listen(arguments[1], line) })
	case len(arguments) == 1 && arguments[0] == "check":
		return eachLine(checkRound)
	case len(arguments) == 1 && arguments[0] == "openssl":
		return eachLine(opensslRound)
	case len(arguments) == 1 && arguments[0] == "version":
		fmt.Println(runtime.Version())
		return nil
	}
	return fmt.Errorf("issue FOLDER LEAVES, serve FOLDER, check, openssl or version, not %q", strings.Join(arguments, " "))
}

// eachLine answers every line of standard input with one line, until the input ends.
func eachLine(answer func(string) (string, error)) error {
	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		said, err := answer(lines.Text())
		if err != nil {
			return err
		}
		fmt.Println(said)
	}
	return lines.Err()
}
