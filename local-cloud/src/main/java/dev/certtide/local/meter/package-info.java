/** Counts what AWS would bill. */
package dev.certtide.local.meter;
