package dev.certtide.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.function.Function;

/**
 * One resource of a template, resolved.
 *
 * @param ref what {@code Ref} returns for it
 */
record Resource(String logicalId, String type, JsonNode properties, String ref, Place place) {

    <T> T read(Function<PropertyReader, T> read) {
        var reader = PropertyReader.of(logicalId, type, properties);
        var result = read.apply(reader);
        reader.done();
        return result;
    }
}
