package dev.certtide.model.json;

import dev.certtide.model.Owner;
import io.avaje.json.JsonAdapter;
import io.avaje.json.JsonReader;
import io.avaje.json.JsonWriter;
import io.avaje.jsonb.CustomAdapter;

/** An owner is its identifier. */
@CustomAdapter
public final class OwnerAdapter implements JsonAdapter<Owner> {
    @Override
    public void toJson(JsonWriter writer, Owner owner) {
        writer.value(owner.id());
    }

    @Override
    public Owner fromJson(JsonReader reader) {
        return new Owner(reader.readString());
    }
}
