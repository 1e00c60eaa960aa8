package dev.certtide.model.json;

import dev.certtide.model.InvalidInputException;
import dev.certtide.model.policy.EagerMargins;
import dev.certtide.model.policy.Margin;
import io.avaje.json.JsonAdapter;
import io.avaje.json.JsonReader;
import io.avaje.json.JsonWriter;
import io.avaje.jsonb.CustomAdapter;
import java.util.List;

/** A list of texts such as {@code "25%"} and {@code "30d"}. */
@CustomAdapter
public final class EagerMarginsAdapter implements JsonAdapter<EagerMargins> {
    @Override
    public void toJson(JsonWriter writer, EagerMargins eager) {
        writer.beginArray();
        eager.margins().forEach(margin -> writer.value(margin.toString()));
        writer.endArray();
    }

    @Override
    public EagerMargins fromJson(JsonReader reader) {
        if (Json.typeOf(Object.class).fromJson(reader) instanceof List<?> margins) {
            return new EagerMargins(margins.stream()
                    .map(margin -> Margin.parse(String.valueOf(margin)))
                    .toList());
        }
        throw new InvalidInputException("eager", "must be a list");
    }
}
