/** What a process keeps of earlier checks, so that the next one need not do it again. */
package dev.certtide.probe.memory;
