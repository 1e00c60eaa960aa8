package dev.certtide.customers;

import dev.certtide.kit.Condition;
import dev.certtide.kit.Item;
import dev.certtide.kit.Table;
import dev.certtide.model.Owner;
import dev.certtide.model.event.UrlEvent;
import java.time.InstantSource;

/**
 * The table {@code Marketing}: who signed up, when, and with which sites.
 *
 * <p>The first sign-up counts: adding again, or the same event twice, changes nothing.
 */
final class Customers {
    private final Table marketing;
    private final InstantSource clock;

    Customers(Table marketing, InstantSource clock) {
        this.marketing = marketing;
        this.clock = clock;
    }

    void welcome(UrlEvent.Added added) {
        var customer = added.customer();
        if (added.owner().equals(Owner.DEFAULT) && customer.email().isEmpty()) {
            return; // Nobody whom marketing could ever reach.
        }
        var pk = "CUSTOMER#" + added.owner();
        var at = added.origin().time().orElseGet(clock::instant).toString();
        marketing.put(
                Item.of(pk, "PROFILE")
                        .with("owner", added.owner().id())
                        .with("signedUpAt", at)
                        .with("firstTarget", added.target().id())
                        .with("email", customer.email())
                        .with("name", customer.name())
                        .with("locale", customer.locale())
                        .with("plan", customer.plan()),
                Condition.absent());
        marketing.put(Item.of(pk, "SITE#" + added.target().id()).with("addedAt", at), Condition.absent());
    }
}
