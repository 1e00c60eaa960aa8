package dev.certtide.model.event;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.certtide.model.InvalidInputException;
import dev.certtide.model.event.NewUrlMessage.Element;

/** Elements of messages, as tests have them. */
final class Elements {
    private Elements() {}

    static String event(String type, String data) {
        return "{\"specversion\": \"1.0\", \"id\": \"1\", \"source\": \"s\", \"type\": \"" + type + "\", \"data\": "
                + data + "}";
    }

    static UrlEvent accepted(String text) {
        return assertInstanceOf(
                        Element.Accepted.class, NewUrlMessage.parse(text).getFirst())
                .event();
    }

    static InvalidInputException rejected(String text) {
        return assertInstanceOf(
                        Element.Rejected.class, NewUrlMessage.parse(text).getFirst())
                .reason();
    }
}
