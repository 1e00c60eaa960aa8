/** Re-checks in large numbers: from the schedule to what is written down, on this machine. */
package dev.certtide.benchmarks.scale;
