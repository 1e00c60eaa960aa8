/**
 * Certification paths: finding them, and validating them by RFC 5280, section 6.1. Pure functions over certificates, with
 * bounds on everything that a server could make expensive.
 */
package dev.certtide.probe.path;
