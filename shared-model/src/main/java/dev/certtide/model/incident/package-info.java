/** Trouble as its owners see it: one incident for all that has one cause. */
package dev.certtide.model.incident;
