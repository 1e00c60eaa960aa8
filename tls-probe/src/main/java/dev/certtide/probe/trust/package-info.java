/** Which roots are trusted, of what day their list is, up to which date some are; lists renewed, and an owner's own. */
package dev.certtide.probe.trust;
