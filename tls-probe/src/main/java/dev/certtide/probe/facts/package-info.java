/** What was seen when a host was visited. Nothing here says whether that is good or bad. */
package dev.certtide.probe.facts;
