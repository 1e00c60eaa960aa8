/**
 * The certificates of a target over time: which ones were seen, what one changed against the one before, and when they
 * used to be renewed. Pure functions over records.
 */
package dev.certtide.model.history;
