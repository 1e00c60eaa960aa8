package dev.certtide.model.history;

import dev.certtide.model.CertificateReport;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * One thing in which a leaf differs from the one that was served before it. Exactly one of {@link Renewed},
 * {@link Replaced} and {@link RolledBack} says how the new one came; the others say what is different in it.
 */
public sealed interface CertificateChange {
    /** The word that tables hold; stable. */
    String code();

    /** One sentence for people. */
    String words();

    /** What is different in {@code after}; nothing if both are the same certificate. How it came is first. */
    static List<CertificateChange> between(CertificateReport before, CertificateReport after) {
        if (before.sha256().equals(after.sha256())) {
            return List.of();
        }
        List<CertificateChange> changes = new ArrayList<>();
        changes.add(arrival(before, after));
        addKey(changes, before, after);
        addIssuer(changes, before, after);
        addNames(changes, before, after);
        addLifetime(changes, before.lifetime(), after.lifetime());
        addPurposes(changes, before, after);
        return List.copyOf(changes);
    }

    /** One that was issued later and ends later. */
    record Renewed(Instant until) implements CertificateChange {
        @Override
        public String code() {
            return "renewed";
        }

        @Override
        public String words() {
            return "The certificate was renewed, until " + ChangeWording.day(until) + ".";
        }
    }

    /** One that was not issued earlier, and ends no later: issued anew for another reason than time. */
    record Replaced(Instant until) implements CertificateChange {
        @Override
        public String code() {
            return "replaced";
        }

        @Override
        public String words() {
            return "The certificate was replaced by one that ends no later, on " + ChangeWording.day(until) + ".";
        }
    }

    /** One that was issued before the one that was served until now: often a restored backup or an old image. */
    record RolledBack(Instant issued, Instant until) implements CertificateChange {
        @Override
        public String code() {
            return "rolled-back";
        }

        @Override
        public String words() {
            return "The server went back to an older certificate, of " + ChangeWording.day(issued) + ", that ends on "
                    + ChangeWording.day(until) + ".";
        }
    }

    /** The key is another one. */
    record KeyChanged(String before, String after) implements CertificateChange {
        @Override
        public String code() {
            return "key-changed";
        }

        @Override
        public String words() {
            return before.equals(after)
                    ? "It has a new key (" + after + ")."
                    : "It has a new key: " + after + " instead of " + before + ".";
        }
    }

    /** The key is that of the certificate before. */
    record KeyKept(String algorithm) implements CertificateChange {
        @Override
        public String code() {
            return "key-kept";
        }

        @Override
        public String words() {
            return "It has the same key (" + algorithm + ").";
        }
    }

    /** Another organisation issued it. */
    record AuthorityChanged(String before, String after) implements CertificateChange {
        @Override
        public String code() {
            return "authority-changed";
        }

        @Override
        public String words() {
            return "It is from another authority: " + after + " instead of " + before + ".";
        }
    }

    /** The same organisation issued it, from another intermediate: nothing unusual. */
    record IntermediateChanged(String before, String after) implements CertificateChange {
        @Override
        public String code() {
            return "intermediate-changed";
        }

        @Override
        public String words() {
            return "It is from another intermediate of the same authority: " + after + " instead of " + before + ".";
        }
    }

    /** It has names that the one before had not. */
    record NamesAdded(List<String> names) implements CertificateChange {
        public NamesAdded {
            names = List.copyOf(names);
        }

        @Override
        public String code() {
            return "names-added";
        }

        @Override
        public String words() {
            return "It is also for " + ChangeWording.list(names) + ".";
        }
    }

    /** It lacks names that the one before had. */
    record NamesRemoved(List<String> names) implements CertificateChange {
        public NamesRemoved {
            names = List.copyOf(names);
        }

        @Override
        public String code() {
            return "names-removed";
        }

        @Override
        public String words() {
            return "It is no longer for " + ChangeWording.list(names) + ".";
        }
    }

    /** It is valid for a tenth less at least: whoever renews by a fixed number of days has to look at that number. */
    record LifetimeShortened(Duration before, Duration after) implements CertificateChange {
        @Override
        public String code() {
            return "lifetime-shortened";
        }

        @Override
        public String words() {
            return "It is valid for " + ChangeWording.span(after) + " instead of " + ChangeWording.span(before) + ".";
        }
    }

    /** It can no longer be used as a client's certificate. */
    record ClientAuthRemoved() implements CertificateChange {
        @Override
        public String code() {
            return "client-auth-removed";
        }

        @Override
        public String words() {
            return "It is no longer for TLS clients (clientAuth is gone from its extended key usage).";
        }
    }

    private static CertificateChange arrival(CertificateReport before, CertificateReport after) {
        if (after.notBefore().isBefore(before.notBefore())) {
            return new RolledBack(after.notBefore(), after.notAfter());
        }
        return after.notAfter().isAfter(before.notAfter())
                ? new Renewed(after.notAfter())
                : new Replaced(after.notAfter());
    }

    private static void addKey(List<CertificateChange> changes, CertificateReport before, CertificateReport after) {
        if (before.publicKeySha256().isEmpty() || after.publicKeySha256().isEmpty()) {
            return;
        }
        changes.add(
                before.publicKeySha256().equals(after.publicKeySha256())
                        ? new KeyKept(after.keyAlgorithm())
                        : new KeyChanged(before.keyAlgorithm(), after.keyAlgorithm()));
    }

    private static void addIssuer(List<CertificateChange> changes, CertificateReport before, CertificateReport after) {
        if (before.issuer().equals(after.issuer())) {
            return;
        }
        var authorityBefore = Authority.of(before.issuer());
        var authorityAfter = Authority.of(after.issuer());
        changes.add(
                authorityBefore.equals(authorityAfter)
                        ? new IntermediateChanged(before.issuer(), after.issuer())
                        : new AuthorityChanged(authorityBefore, authorityAfter));
    }

    /** Of long lists reports have a part only, which says nothing about the rest. */
    private static void addNames(List<CertificateChange> changes, CertificateReport before, CertificateReport after) {
        if (before.omittedNames() > 0 || after.omittedNames() > 0) {
            return;
        }
        var added = without(after.names(), before.names()::contains);
        var removed = without(before.names(), after.names()::contains);
        if (!added.isEmpty()) {
            changes.add(new NamesAdded(added));
        }
        if (!removed.isEmpty()) {
            changes.add(new NamesRemoved(removed));
        }
    }

    private static List<String> without(List<String> names, Predicate<String> known) {
        return names.stream().filter(known.negate()).distinct().sorted().toList();
    }

    private static void addLifetime(List<CertificateChange> changes, Duration before, Duration after) {
        // Authorities differ by seconds and by a day from one certificate to the next.
        if (after.isPositive() && after.compareTo(before.multipliedBy(9).dividedBy(10)) <= 0) {
            changes.add(new LifetimeShortened(before, after));
        }
    }

    private static void addPurposes(
            List<CertificateChange> changes, CertificateReport before, CertificateReport after) {
        if (before.isForClients() && after.purposes().isPresent() && !after.isForClients()) {
            changes.add(new ClientAuthRemoved());
        }
    }
}
