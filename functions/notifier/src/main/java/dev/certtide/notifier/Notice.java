package dev.certtide.notifier;

import dev.certtide.model.event.Notification;

/**
 * A notification with the words for it.
 *
 * @param facts what there is to say
 * @param text how it is said, in one line and in full
 */
record Notice(Notification notification, Facts facts, MessageText text) {}
