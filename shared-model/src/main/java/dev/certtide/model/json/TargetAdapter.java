package dev.certtide.model.json;

import dev.certtide.model.Target;
import io.avaje.json.JsonAdapter;
import io.avaje.json.JsonReader;
import io.avaje.json.JsonWriter;
import io.avaje.jsonb.CustomAdapter;

/** A target is its identity: {@code "https://example.com:443"}. */
@CustomAdapter
public final class TargetAdapter implements JsonAdapter<Target> {
    @Override
    public void toJson(JsonWriter writer, Target target) {
        writer.value(target.id());
    }

    @Override
    public Target fromJson(JsonReader reader) {
        return Target.ofId(reader.readString());
    }
}
