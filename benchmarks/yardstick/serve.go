package main

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"sync"
	"sync/atomic"
	"time"
)

// fleet is how many leaves an unchanged fleet has, each of which is served again and again.
const fleet = 1000

// patience is how long a connection may last, delay and all.
const patience = 30 * time.Second

var pools = map[string]*pool{}

// listener presents chains of a pool, one after the other.
type listener struct {
	name  string
	pool  *pool
	mode  string
	first int
	next  int64
	delay time.Duration
	spent sync.Once
	tls   *tls.Config
}

// listen opens a listener on a free port of the loopback interface, and returns the port. The line says
//
//	KIND MODE FIRST DELAY
//
// MODE is "new": each connection gets the leaf after the last one's, from number FIRST on; "fresh": a leaf from the
// pool's other end, and a new intermediate with it; "unchanged": the same 1,000 leaves, from number FIRST on, by turns.
// A handshake begins DELAY milliseconds after its connection.
func listen(folder, line string) (string, error) {
	var name, mode string
	var first int
	var delay int64
	if _, err := fmt.Sscan(line, &name, &mode, &first, &delay); err != nil {
		return "", fmt.Errorf("%q is not KIND MODE FIRST DELAY: %w", line, err)
	}
	if pools[name] == nil {
		pool, err := readPool(folder, name)
		if err != nil {
			return "", err
		}
		pools[name] = pool
	}
	key, err := x509.ParsePKCS8PrivateKey(pools[name].Key)
	if err != nil {
		return "", err
	}
	l := &listener{name: name, pool: pools[name], mode: mode, first: first, next: int64(first)}
	l.delay = time.Duration(delay) * time.Millisecond
	l.tls = &tls.Config{
		GetCertificate: func(*tls.ClientHelloInfo) (*tls.Certificate, error) {
			chain, err := l.chain()
			return &tls.Certificate{Certificate: chain, PrivateKey: key}, err
		},
		CurvePreferences:       []tls.CurveID{tls.X25519},
		NextProtos:             []string{"h2", "http/1.1"},
		SessionTicketsDisabled: true,
	}
	socket, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	go l.accept(socket)
	return fmt.Sprint(socket.Addr().(*net.TCPAddr).Port), nil
}

func (l *listener) accept(socket net.Listener) {
	for {
		connection, err := socket.Accept()
		if err != nil {
			fmt.Fprintln(os.Stderr, "yardstick: no connection accepted:", err)
			return
		}
		go l.serve(connection)
	}
}

// serve shakes hands and waits until the client leaves. What goes wrong is the client's to tell.
func (l *listener) serve(connection net.Conn) {
	defer connection.Close()
	connection.SetDeadline(time.Now().Add(patience))
	time.Sleep(l.delay)
	session := tls.Server(connection, l.tls)
	if session.Handshake() == nil {
		io.Copy(io.Discard, session)
	}
}

// chain never repeats what should be new: rather no handshake than one that flatters.
func (l *listener) chain() ([][]byte, error) {
	i := int(atomic.AddInt64(&l.next, 1) - 1)
	leaves, intermediates := l.pool.Leaves, l.pool.Intermediates
	switch {
	case l.mode == "unchanged":
		return [][]byte{leaves[l.first+(i-l.first)%fleet], l.pool.Intermediate}, nil
	case l.mode == "fresh" && i < len(intermediates):
		return [][]byte{leaves[len(leaves)-1-i], intermediates[i]}, nil
	case l.mode == "new" && i < len(leaves)-len(intermediates):
		return [][]byte{leaves[i], l.pool.Intermediate}, nil
	}
	l.spent.Do(func() { fmt.Fprintf(os.Stderr, "yardstick: the %s leaves of %s are spent\n", l.mode, l.name) })
	return nil, errors.New("all leaves are spent")
}
