/** What owners want to be told, when, and where. */
package dev.certtide.model.policy;
