/** Checks TLS targets: visit, judge, report. Knows nothing of AWS. */
package dev.certtide.probe;
