package dev.certtide.model.json;

import dev.certtide.model.Channel;
import dev.certtide.model.policy.Policy;
import dev.certtide.model.policy.PolicyReader;
import dev.certtide.model.policy.PolicyTree;
import io.avaje.json.JsonAdapter;
import io.avaje.json.JsonReader;
import io.avaje.json.JsonWriter;
import io.avaje.jsonb.CustomAdapter;
import java.util.List;
import java.util.Map;

/** A policy as it is stored and sent between functions. */
@CustomAdapter
public final class PolicyAdapter implements JsonAdapter<Policy> {
    @Override
    public void toJson(JsonWriter writer, Policy policy) {
        write(writer, PolicyTree.of(policy));
    }

    @Override
    public Policy fromJson(JsonReader reader) {
        return PolicyReader.stored(Json.typeOf(Object.class).fromJson(reader));
    }

    // All by the one writer: those of a thread share their buffer.
    private static void write(JsonWriter writer, Object value) {
        switch (value) {
            case Map<?, ?> fields -> {
                writer.beginObject();
                fields.forEach((name, field) -> {
                    writer.name((String) name);
                    write(writer, field);
                });
                writer.endObject();
            }
            case List<?> items -> {
                writer.beginArray();
                items.forEach(item -> write(writer, item));
                writer.endArray();
            }
            case Channel channel -> Json.typeOf(Channel.class).toJson(channel, writer);
            case Long number -> writer.value(number);
            default -> writer.value(value.toString());
        }
    }
}
