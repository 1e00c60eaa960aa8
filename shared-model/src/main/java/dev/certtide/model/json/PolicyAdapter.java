package dev.certtide.model.json;

import dev.certtide.model.policy.Policy;
import dev.certtide.model.policy.PolicyReader;
import dev.certtide.model.policy.PolicyTree;
import io.avaje.json.JsonAdapter;
import io.avaje.json.JsonReader;
import io.avaje.json.JsonWriter;
import io.avaje.jsonb.CustomAdapter;

/** A policy as it is stored and sent between functions. */
@CustomAdapter
public final class PolicyAdapter implements JsonAdapter<Policy> {
    @Override
    public void toJson(JsonWriter writer, Policy policy) {
        writer.jsonValue(PolicyTree.of(policy));
    }

    @Override
    public Policy fromJson(JsonReader reader) {
        return PolicyReader.stored(Json.readTree(reader.readRaw()));
    }
}
