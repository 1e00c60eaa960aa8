/** Certificate revocation lists: reading them, and what they say of a path by RFC 5280, section 6.3. */
package dev.certtide.probe.revocation;
