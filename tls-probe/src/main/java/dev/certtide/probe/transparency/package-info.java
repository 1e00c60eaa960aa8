/** Certificate Transparency: what logs have promised (RFC 6962). */
package dev.certtide.probe.transparency;
