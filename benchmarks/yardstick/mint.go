package main

import (
	"bytes"
	"crypto"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"errors"
)

// mint makes certificates that differ from a pattern in serial number and signature, and so are new to everybody.
// Much cheaper than x509.CreateCertificate, which verifies what it has signed.
type mint struct {
	toBeSigned []byte
	serialAt   int
	algorithm  pkix.AlgorithmIdentifier
	hash       crypto.Hash
	issuer     crypto.Signer
}

// signed is RFC 5280's Certificate (4.1).
type signed struct {
	ToBeSigned asn1.RawValue
	Algorithm  pkix.AlgorithmIdentifier
	Signature  asn1.BitString
}

func mintOf(pattern []byte, issuer crypto.Signer) (*mint, error) {
	certificate, err := x509.ParseCertificate(pattern)
	if err != nil {
		return nil, err
	}
	var parts signed
	if _, err := asn1.Unmarshal(pattern, &parts); err != nil {
		return nil, err
	}
	hash := crypto.SHA256
	if certificate.SignatureAlgorithm == x509.ECDSAWithSHA384 {
		hash = crypto.SHA384
	}
	serialAt := bytes.Index(certificate.RawTBSCertificate, certificate.SerialNumber.Bytes())
	if serialAt < 0 {
		return nil, errors.New("the pattern has no serial number")
	}
	return &mint{certificate.RawTBSCertificate, serialAt, parts.Algorithm, hash, issuer}, nil
}

func (m *mint) strike() ([]byte, error) {
	toBeSigned := append([]byte(nil), m.toBeSigned...)
	copy(toBeSigned[m.serialAt:], newSerial())
	digest := m.hash.New()
	digest.Write(toBeSigned)
	signature, err := m.issuer.Sign(rand.Reader, digest.Sum(nil), m.hash)
	if err != nil {
		return nil, err
	}
	return asn1.Marshal(signed{
		asn1.RawValue{FullBytes: toBeSigned},
		m.algorithm,
		asn1.BitString{Bytes: signature, BitLength: 8 * len(signature)},
	})
}
