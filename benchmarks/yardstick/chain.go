package main

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"math/big"
	"time"
)

// host is what every leaf is for, and what every client asks for.
const host = "bench.certtide.test"

// kind is a chain: which key signs what.
type kind struct {
	name                     string
	root, intermediate, leaf func() (crypto.Signer, error)
}

// kinds: Let's Encrypt's default chain ends at ISRG Root X1, RSA-4096, by way of a P-384 intermediate.
var kinds = []kind{
	{"p256", ec(elliptic.P256()), ec(elliptic.P256()), ec(elliptic.P256())},
	{"letsencrypt", rsaOf(4096), ec(elliptic.P384()), ec(elliptic.P256())},
	{"rsa", rsaOf(2048), rsaOf(2048), rsaOf(2048)},
}

func ec(curve elliptic.Curve) func() (crypto.Signer, error) {
	return func() (crypto.Signer, error) { return ecdsa.GenerateKey(curve, rand.Reader) }
}

func rsaOf(bits int) func() (crypto.Signer, error) {
	return func() (crypto.Signer, error) { return rsa.GenerateKey(rand.Reader, bits) }
}

// authority is a certificate that signs others.
type authority struct {
	certificate *x509.Certificate
	key         crypto.Signer
}

func newRoot(name string, key crypto.Signer) (authority, error) {
	root := template(10 * 365)
	root.Subject = pkix.Name{Organization: []string{"Certtide"}, CommonName: "Benchmark root " + name}
	root.IsCA = true
	root.KeyUsage = x509.KeyUsageCertSign | x509.KeyUsageCRLSign
	encoded, err := x509.CreateCertificate(rand.Reader, root, root, key.Public(), key)
	return newAuthority(encoded, key, err)
}

func (a authority) newIntermediate(name string, key crypto.Signer) (authority, error) {
	intermediate := template(3 * 365)
	intermediate.Subject = pkix.Name{Organization: []string{"Certtide"}, CommonName: "Benchmark " + name}
	intermediate.IsCA = true
	intermediate.MaxPathLenZero = true
	intermediate.KeyUsage = x509.KeyUsageCertSign | x509.KeyUsageCRLSign | x509.KeyUsageDigitalSignature
	intermediate.ExtKeyUsage = []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth}
	intermediate.PolicyIdentifiers = []asn1.ObjectIdentifier{domainValidated}
	encoded, err := x509.CreateCertificate(rand.Reader, intermediate, a.certificate, key.Public(), a.key)
	return newAuthority(encoded, key, err)
}

func (a authority) newLeaf(key crypto.Signer) ([]byte, error) {
	leaf := template(90)
	leaf.Subject = pkix.Name{CommonName: host}
	leaf.DNSNames = []string{host, "www." + host}
	leaf.KeyUsage = x509.KeyUsageDigitalSignature
	leaf.ExtKeyUsage = []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth}
	leaf.PolicyIdentifiers = []asn1.ObjectIdentifier{domainValidated}
	return x509.CreateCertificate(rand.Reader, leaf, a.certificate, key.Public(), a.key)
}

// domainValidated is the CA/Browser Forum's policy (BR 7.1.6.1).
var domainValidated = asn1.ObjectIdentifier{2, 23, 140, 1, 2, 1}

func newAuthority(encoded []byte, key crypto.Signer, err error) (authority, error) {
	if err != nil {
		return authority{}, err
	}
	certificate, err := x509.ParseCertificate(encoded)
	return authority{certificate, key}, err
}

func template(days int) *x509.Certificate {
	yesterday := time.Now().Add(-24 * time.Hour)
	return &x509.Certificate{
		SerialNumber:          new(big.Int).SetBytes(newSerial()),
		NotBefore:             yesterday,
		NotAfter:              yesterday.AddDate(0, 0, days),
		BasicConstraintsValid: true,
	}
}

// newSerial has 16 bytes, always, so that one takes another's place: the first is neither 0 nor has its top bit set.
func newSerial() []byte {
	serial := make([]byte, 16)
	if _, err := rand.Read(serial); err != nil {
		panic(err) // A system without randomness has no TLS either.
	}
	serial[0] = serial[0]&0x3f | 0x40
	return serial
}
