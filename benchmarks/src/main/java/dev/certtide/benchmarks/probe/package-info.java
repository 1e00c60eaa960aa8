/** What a check of a TLS server costs, beside Go's and OpenSSL's. */
package dev.certtide.benchmarks.probe;
