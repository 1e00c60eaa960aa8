package dev.certtide.local.gateway;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** A complete HTTP answer. */
public record Answer(int status, String contentType, byte[] body, String requestId) {

    /** A result in the AWS query protocol. {@code result} is the XML inside the result element, may be empty. */
    public static Answer query(String namespace, String action, String result) {
        var id = UUID.randomUUID().toString();
        var inner = result.isEmpty() ? "" : "<%1$sResult>%2$s</%1$sResult>".formatted(action, result);
        return xml(
                200,
                id,
                "<%1$sResponse xmlns=\"%2$s\">%3$s<ResponseMetadata><RequestId>%4$s</RequestId></ResponseMetadata></%1$sResponse>"
                        .formatted(action, namespace, inner, id));
    }

    /** An error in the AWS query protocol. */
    public static Answer queryError(String namespace, int status, String code, String message) {
        var id = UUID.randomUUID().toString();
        return xml(
                status,
                id,
                ("<ErrorResponse xmlns=\"%s\"><Error><Type>%s</Type><Code>%s</Code><Message>%s</Message></Error>"
                                + "<RequestId>%s</RequestId></ErrorResponse>")
                        .formatted(namespace, status < 500 ? "Sender" : "Receiver", code, escape(message), id));
    }

    /** A result in an AWS JSON protocol. */
    public static Answer json(String json) {
        return new Answer(
                200,
                "application/x-amz-json-1.0",
                bytes(json),
                UUID.randomUUID().toString());
    }

    /** An error in an AWS JSON protocol. */
    public static Answer jsonError(int status, String type, String message) {
        var json = com.fasterxml.jackson.databind.node.JsonNodeFactory.instance
                .objectNode()
                .put("__type", type)
                .put("message", message);
        return new Answer(
                status,
                "application/x-amz-json-1.0",
                bytes(json.toString()),
                UUID.randomUUID().toString());
    }

    private static Answer xml(int status, String requestId, String xml) {
        return new Answer(status, "text/xml", bytes(xml), requestId);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Text for XML content; characters that XML 1.0 does not have become a replacement character. */
    public static String escape(String text) {
        var escaped = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(c -> {
            switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\r' -> escaped.append("&#13;");
                default -> escaped.appendCodePoint(c < 32 && c != '\n' && c != '\t' ? 0xFFFD : c);
            }
        });
        return escaped.toString();
    }
}
