/** Visits hosts: resolves, connects, shakes hands, and writes down what happened. The only part that does I/O. */
package dev.certtide.probe.visit;
