package dev.certtide.probe.path;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What names certificates further down may have, by the name constraints of all those above. */
final class PermittedNames {
    /** Go's bound on the same comparisons. A few names under a few subtrees is what real chains have. */
    private static final int MOST_COMPARISONS = 250_000;

    private final List<NameConstraints> constraints = new ArrayList<>();
    private long comparisons;

    void constrain(NameConstraints more) {
        constraints.add(more);
    }

    /** Why the certificate's names are refused, as a predicate; empty if they are permitted. */
    Optional<String> refusalOf(X509Certificate certificate) {
        if (constraints.isEmpty()) {
            return Optional.empty();
        }
        List<GeneralName> names = namesOf(certificate);
        for (NameConstraints some : constraints) {
            comparisons += (long) some.size() * names.size();
            if (comparisons > MOST_COMPARISONS) {
                return Optional.of("has more names, under more name constraints, than anybody compares");
            }
            for (GeneralName name : names) {
                Optional<String> refusal = some.refusalOf(name);
                if (refusal.isPresent()) {
                    return Optional.of("has a name, " + told(name) + ", " + refusal.get()
                            + " by the name constraints of an issuer above it");
                }
            }
        }
        return Optional.empty();
    }

    private static List<GeneralName> namesOf(X509Certificate certificate) {
        List<GeneralName> names = new ArrayList<>(Extensions.alternativeNames(certificate));
        Der subject = Der.parse(certificate.getSubjectX500Principal().getEncoded());
        if (subject.length() > 0) {
            names.add(GeneralName.Directory.of(subject));
        }
        if (names.stream().noneMatch(GeneralName.Email.class::isInstance)) {
            // RFC 5280, 4.2.1.10: mailboxes used to stand in the subject.
            for (Der rdn : subject.children()) {
                for (Der attribute : rdn.children()) {
                    Der.Reader reader = attribute.reader();
                    if (reader.next(Der.OBJECT_IDENTIFIER).oid().equals(Oids.EMAIL_ADDRESS)) {
                        names.add(new GeneralName.Email(reader.next().ascii()));
                    }
                }
            }
        }
        return names;
    }

    private static String told(GeneralName name) {
        return switch (name) {
            case GeneralName.Dns(String dns) -> dns;
            case GeneralName.Email(String mailbox) -> mailbox;
            case GeneralName.Uri(String uri) -> uri;
            case GeneralName.Ip ip -> "an IP address";
            case GeneralName.Directory directory -> "its subject";
            case GeneralName.Other other -> "of a form that nobody checks";
        };
    }
}
