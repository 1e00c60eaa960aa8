/** Lists of roots: which are trusted, of what day the list is, and which are trusted up to a date only. */
package dev.certtide.probe.trust;
