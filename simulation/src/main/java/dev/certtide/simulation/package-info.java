/** Ninety days of a fleet in a second: the functions' own code on engines in memory that misbehave, and what must hold. */
package dev.certtide.simulation;
