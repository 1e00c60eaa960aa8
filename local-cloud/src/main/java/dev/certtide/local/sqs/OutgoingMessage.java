package dev.certtide.local.sqs;

import java.util.Map;

/** A message on its way into a queue. */
public record OutgoingMessage(String body, Map<String, MessageAttribute> attributes) {}
