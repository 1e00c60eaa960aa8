package dev.certtide.notifier;

import java.util.LinkedHashMap;
import java.util.Map;

/** JSON objects whose fields stand in the order in which they were named: the same message has the same bytes. */
final class Fields {
    private Fields() {}

    static Map<String, Object> of(String name, Object value) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put(name, value);
        return fields;
    }

    static Map<String, Object> of(String name, Object value, String name2, Object value2) {
        var fields = of(name, value);
        fields.put(name2, value2);
        return fields;
    }

    static Map<String, Object> of(String name, Object value, String name2, Object value2, String name3, Object value3) {
        var fields = of(name, value, name2, value2);
        fields.put(name3, value3);
        return fields;
    }
}
