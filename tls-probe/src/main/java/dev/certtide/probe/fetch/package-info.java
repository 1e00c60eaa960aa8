/** Fetches what certificates refer to: issuers and revocation lists, guarded, bounded, and kept for the next check. */
package dev.certtide.probe.fetch;
