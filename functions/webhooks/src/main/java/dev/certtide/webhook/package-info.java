/** Webhooks after Standard Webhooks 1.0: signed, to guarded addresses, answers judged. */
package dev.certtide.webhook;
