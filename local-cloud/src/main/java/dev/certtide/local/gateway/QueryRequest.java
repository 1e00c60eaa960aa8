package dev.certtide.local.gateway;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A request in the AWS query protocol: a form with an {@code Action} and numbered lists. */
public record QueryRequest(Map<String, String> parameters) {

    /** @throws IllegalArgumentException if the form is not encoded as it must be */
    public static QueryRequest parse(String form) {
        var parameters = new LinkedHashMap<String, String>();
        for (var pair : form.split("&")) {
            int equals = pair.indexOf('=');
            if (equals > 0) parameters.put(decode(pair.substring(0, equals)), decode(pair.substring(equals + 1)));
        }
        return new QueryRequest(parameters);
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    public String action() {
        return parameters.getOrDefault("Action", "");
    }

    public String version() {
        return parameters.getOrDefault("Version", "");
    }

    public Optional<String> get(String name) {
        return Optional.ofNullable(parameters.get(name));
    }

    public boolean has(String name) {
        return parameters.containsKey(name);
    }

    /** A map written as {@code name.entry.1.key}, {@code name.entry.1.value}, and so on. */
    public Map<String, String> map(String name) {
        var entries = new LinkedHashMap<String, String>();
        for (int i = 1; has(name + ".entry." + i + ".key"); i++) {
            var entry = name + ".entry." + i;
            entries.put(parameters.get(entry + ".key"), parameters.getOrDefault(entry + ".value", ""));
        }
        return entries;
    }
}
