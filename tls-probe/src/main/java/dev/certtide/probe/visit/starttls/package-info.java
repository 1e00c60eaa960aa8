/**
 * The ways in which protocols go over from plain text to TLS on one connection, each as its specification has it. A
 * server is believed nothing: what it says is bounded, and whatever it says after its go-ahead is refused.
 */
package dev.certtide.probe.visit.starttls;
