package main

import (
	"crypto"
	"crypto/x509"
	"encoding/gob"
	"encoding/pem"
	"os"
	"path/filepath"
	"runtime"
	"sync"
)

// pool is what a server presents: chains that share the leaf's key.
type pool struct {
	Key           []byte // PKCS #8
	Intermediate  []byte
	Leaves        [][]byte
	Intermediates [][]byte // As new as the leaves; only so many, since a strong root signs slowly.
}

// freshIntermediates: there is one for so many leaves.
const freshIntermediates = 16

// issue writes KIND.pool for the server and KIND.pem, the root, for the clients.
func issue(folder string, leaves int) error {
	for _, kind := range kinds {
		pool, root, err := kind.issue(leaves)
		if err != nil {
			return err
		}
		encoded := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: root})
		if err := os.WriteFile(filepath.Join(folder, kind.name+".pem"), encoded, 0o644); err != nil {
			return err
		}
		if err := pool.write(folder, kind.name); err != nil {
			return err
		}
	}
	return nil
}

func (k kind) issue(leaves int) (*pool, []byte, error) {
	keys := make([]crypto.Signer, 3)
	for i, generate := range []func() (crypto.Signer, error){k.root, k.intermediate, k.leaf} {
		key, err := generate()
		if err != nil {
			return nil, nil, err
		}
		keys[i] = key
	}
	root, err := newRoot(k.name, keys[0])
	if err != nil {
		return nil, nil, err
	}
	intermediate, err := root.newIntermediate(k.name, keys[1])
	if err != nil {
		return nil, nil, err
	}
	leaf, err := intermediate.newLeaf(keys[2])
	if err != nil {
		return nil, nil, err
	}
	p := &pool{Intermediate: intermediate.certificate.Raw}
	if p.Key, err = x509.MarshalPKCS8PrivateKey(keys[2]); err != nil {
		return nil, nil, err
	}
	if p.Leaves, err = many(leaf, keys[1], leaves); err != nil {
		return nil, nil, err
	}
	p.Intermediates, err = many(p.Intermediate, keys[0], leaves/freshIntermediates)
	return p, root.certificate.Raw, err
}

// many strikes certificates on all processors.
func many(pattern []byte, issuer crypto.Signer, count int) ([][]byte, error) {
	mint, err := mintOf(pattern, issuer)
	if err != nil {
		return nil, err
	}
	struck := make([][]byte, count)
	failures := make(chan error, runtime.NumCPU())
	var workers sync.WaitGroup
	for worker := 0; worker < runtime.NumCPU(); worker++ {
		workers.Add(1)
		go func(from int) {
			defer workers.Done()
			for i := from; i < count; i += runtime.NumCPU() {
				certificate, err := mint.strike()
				if err != nil {
					failures <- err
					return
				}
				struck[i] = certificate
			}
		}(worker)
	}
	workers.Wait()
	close(failures)
	return struck, <-failures
}

func (p *pool) write(folder, name string) error {
	file, err := os.Create(filepath.Join(folder, name+".pool"))
	if err != nil {
		return err
	}
	if err := gob.NewEncoder(file).Encode(p); err != nil {
		file.Close()
		return err
	}
	return file.Close()
}

func readPool(folder, name string) (*pool, error) {
	file, err := os.Open(filepath.Join(folder, name+".pool"))
	if err != nil {
		return nil, err
	}
	defer file.Close()
	p := new(pool)
	return p, gob.NewDecoder(file).Decode(p)
}
