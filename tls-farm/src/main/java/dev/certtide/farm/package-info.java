/**
 * A farm of local TLS servers, good and bad, for the demo and the tests: its own certificate authority, real
 * handshakes over loopback, ephemeral ports.
 */
package dev.certtide.farm;
