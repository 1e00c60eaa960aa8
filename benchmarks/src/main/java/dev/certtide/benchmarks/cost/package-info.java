/** What Certtide costs on AWS, counted by the local cloud and priced. */
package dev.certtide.benchmarks.cost;
