package main

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"time"
)

// order says which server to check how often. Written as
//
//	ADDRESS ROOT COUNT IN_FLIGHT
type order struct {
	address, root   string
	count, inFlight int64
}

func orderOf(line string) (order, error) {
	var o order
	if _, err := fmt.Sscan(line, &o.address, &o.root, &o.count, &o.inFlight); err != nil {
		return o, fmt.Errorf("%q is not ADDRESS ROOT COUNT IN_FLIGHT: %w", line, err)
	}
	return o, nil
}

// round is what a round of checks took. Written as
//
//	CHECKS FAILURES WALL USER SYSTEM RSS
//
// with times in nanoseconds, and the most memory that was resident ever, in KiB.
func round(checks, failures int64, wall time.Duration, before, after syscall.Rusage) string {
	return fmt.Sprint(checks, failures, wall.Nanoseconds(),
		after.Utime.Nano()-before.Utime.Nano(), after.Stime.Nano()-before.Stime.Nano(), after.Maxrss)
}

// checkRound connects, shakes hands, verifies the chain and the name, and leaves: what crypto/tls does by itself, with
// session tickets off. It offers X25519 alone: the hybrid group that newer versions offer too would cost them more.
func checkRound(line string) (string, error) {
	order, err := orderOf(line)
	if err != nil {
		return "", err
	}
	root, err := os.ReadFile(order.root)
	if err != nil {
		return "", err
	}
	roots := x509.NewCertPool()
	if !roots.AppendCertsFromPEM(root) {
		return "", errors.New("no root in " + order.root)
	}
	config := &tls.Config{
		RootCAs:                roots,
		ServerName:             host,
		SessionTicketsDisabled: true,
		CurvePreferences:       []tls.CurveID{tls.X25519},
	}
	var next, failures int64
	var before, after syscall.Rusage
	syscall.Getrusage(syscall.RUSAGE_SELF, &before)
	began := time.Now()
	var clients sync.WaitGroup
	for client := int64(0); client < order.inFlight; client++ {
		clients.Add(1)
		go func() {
			defer clients.Done()
			for atomic.AddInt64(&next, 1) <= order.count {
				if err := checkOnce(order.address, config); err != nil && atomic.AddInt64(&failures, 1) == 1 {
					fmt.Fprintln(os.Stderr, "yardstick: a check failed:", strings.ReplaceAll(err.Error(), "\n", " "))
				}
			}
		}()
	}
	clients.Wait()
	wall := time.Since(began)
	syscall.Getrusage(syscall.RUSAGE_SELF, &after)
	return round(order.count, failures, wall, before, after), nil
}

func checkOnce(address string, config *tls.Config) error {
	connection, err := net.DialTimeout("tcp", address, patience)
	if err != nil {
		return err
	}
	defer connection.Close()
	connection.SetDeadline(time.Now().Add(patience))
	session := tls.Client(connection, config)
	if err := session.Handshake(); err != nil {
		return err
	}
	if len(session.ConnectionState().VerifiedChains) == 0 {
		return errors.New("nothing was verified")
	}
	return session.Close()
}
