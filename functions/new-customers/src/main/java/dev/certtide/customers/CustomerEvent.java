package dev.certtide.customers;

import dev.certtide.model.json.Json;
import dev.certtide.webhook.Message;
import java.time.Instant;
import java.util.LinkedHashMap;

/**
 * What a CRM is told of a customer: {@code customer.created} once, and {@code customer.site-added} once for each site,
 * the first one too.
 *
 * @param key its identity
 * @param at when it happened
 */
record CustomerEvent(String type, String key, Profile profile, String target, Instant at) {
    static CustomerEvent created(Profile profile) {
        var type = "customer.created";
        return new CustomerEvent(
                type, key(type, profile.owner()), profile, profile.firstTarget(), profile.signedUpAt());
    }

    static CustomerEvent siteAdded(Profile profile, String target, Instant at) {
        var type = "customer.site-added";
        return new CustomerEvent(type, key(type, profile.owner() + "#" + target), profile, target, at);
    }

    private static String key(String type, String what) {
        return "crm#" + type + "#" + what;
    }

    Message message() {
        var customer = profile.customer();
        var data = new LinkedHashMap<String, Object>();
        data.put("owner", profile.owner());
        data.put("target", target);
        customer.email().ifPresent(email -> data.put("email", email));
        customer.name().ifPresent(name -> data.put("name", name));
        customer.locale().ifPresent(locale -> data.put("locale", locale));
        customer.plan().ifPresent(plan -> data.put("plan", plan));
        var message = new LinkedHashMap<String, Object>();
        message.put("type", type);
        message.put("timestamp", at.toString());
        message.put("data", data);
        return Message.of(key, Json.write(message));
    }
}
