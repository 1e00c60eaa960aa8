package dev.certtide.customers;

import dev.certtide.kit.Condition;
import dev.certtide.kit.Item;
import dev.certtide.model.Fingerprint;
import dev.certtide.model.Owner;
import dev.certtide.model.event.Customer;
import dev.certtide.model.event.UrlEvent;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What the events of one customer come to, in whatever order and however often they come: of the sign-up the earliest
 * event decides, of each thing that is said of the person the newest event that says it.
 *
 * @param signedUpAt the time of the earliest event
 * @param firstTarget its target; of several at the same instant the first in the order of their ids
 */
record Profile(
        String owner,
        Instant signedUpAt,
        String firstTarget,
        Optional<Said> email,
        Optional<Said> name,
        Optional<Said> locale,
        Optional<Said> plan) {
    /**
     * What an event said.
     *
     * @param at when
     */
    record Said(String value, Instant at) {
        /** Of two at the same instant the greater, since it has to be the same one in every order. */
        Said or(Said other) {
            int newer = other.at.equals(at) ? other.value.compareTo(value) : other.at.compareTo(at);
            return newer > 0 ? other : this;
        }
    }

    private static final String REVISION = "revision";

    /** What one event says. */
    static Profile of(UrlEvent.Added added, Instant at) {
        var customer = added.customer();
        Function<Optional<String>, Optional<Said>> said = value -> value.map(text -> new Said(text, at));
        return new Profile(
                customerOf(added),
                at,
                added.target().id(),
                said.apply(customer.email()),
                said.apply(customer.name()),
                said.apply(customer.locale()),
                said.apply(customer.plan()));
    }

    /** Senders that do not tell owners apart have many customers all the same: those are told apart by their address. */
    private static String customerOf(UrlEvent.Added added) {
        var owner = added.owner();
        return added.customer()
                .email()
                .filter(_ -> owner.equals(Owner.DEFAULT))
                .map(email -> owner.id() + "#" + Fingerprint.shortOf(email.toLowerCase(Locale.ROOT)))
                .orElse(owner.id());
    }

    /** What both come to. */
    Profile with(Profile other) {
        var first = Stream.of(this, other)
                .min((a, b) -> a.signedUpAt.equals(b.signedUpAt)
                        ? a.firstTarget.compareTo(b.firstTarget)
                        : a.signedUpAt.compareTo(b.signedUpAt))
                .orElseThrow();
        return new Profile(
                owner,
                first.signedUpAt,
                first.firstTarget,
                newest(email, other.email),
                newest(name, other.name),
                newest(locale, other.locale),
                newest(plan, other.plan));
    }

    private static Optional<Said> newest(Optional<Said> one, Optional<Said> other) {
        return Stream.of(one, other).flatMap(Optional::stream).reduce(Said::or);
    }

    /** What is known of the person. */
    Customer customer() {
        return new Customer(
                email.map(Said::value), name.map(Said::value), locale.map(Said::value), plan.map(Said::value));
    }

    static Profile read(Item item) {
        return new Profile(
                item.get("owner"),
                item.instant("signedUpAt"),
                item.get("firstTarget"),
                said(item, "email"),
                said(item, "name"),
                said(item, "locale"),
                said(item, "plan"));
    }

    private static Optional<Said> said(Item item, String name) {
        return item.find(name)
                .map(value -> new Said(
                        value, item.find(name + "At").map(Instant::parse).orElseGet(() -> item.instant("signedUpAt"))));
    }

    /** The same as an item of {@code Marketing}. */
    Item item() {
        var item = Item.of(pk(owner), "PROFILE")
                .with("owner", owner)
                .with("signedUpAt", signedUpAt.toString())
                .with("firstTarget", firstTarget);
        item = with(item, "email", email);
        item = with(item, "name", name);
        item = with(item, "locale", locale);
        item = with(item, "plan", plan);
        return item.with(REVISION, Fingerprint.shortOf(toString()));
    }

    private static Item with(Item item, String name, Optional<Said> said) {
        return item.with(name, said.map(Said::value))
                .with(name + "At", said.map(value -> value.at().toString()));
    }

    /** That the stored item is still the one that was read. */
    static Condition unchanged(Item read) {
        return read.find(REVISION)
                .map(revision -> Condition.equal(REVISION, revision))
                .orElseGet(Condition::present);
    }

    static String pk(String owner) {
        return "CUSTOMER#" + owner;
    }
}
