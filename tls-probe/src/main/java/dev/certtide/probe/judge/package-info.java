/** Says whether what was seen is good: pure functions over facts, trust anchors and an instant. */
package dev.certtide.probe.judge;
