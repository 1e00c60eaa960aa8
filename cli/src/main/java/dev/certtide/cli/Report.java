package dev.certtide.cli;

import dev.certtide.model.AddressReport;
import dev.certtide.model.CertificateReport;
import dev.certtide.model.CheckResult;
import dev.certtide.model.Finding;
import dev.certtide.model.SctReport;
import dev.certtide.model.Status;
import dev.certtide.model.Unfetched;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A result as people read it: the verdict, what was found and what to do, what each address sent. */
final class Report {
    private static final String MARGIN = "  ";
    private static final String INDENT = MARGIN + "    ";
    private static final int NAMES_SHOWN = 5;
    private static final int LABEL = 8;
    private static final int LONGEST_STATUS = Status.UNREACHABLE.word().length();

    private final PrintWriter out;
    private final Colour colour;

    Report(PrintWriter out, Colour colour) {
        this.out = out;
        this.colour = colour;
    }

    /** One line: status, host, codes, and how long the certificate lasts. */
    void printLine(CheckResult result) {
        var status = Tables.pad(result.status().word(), LONGEST_STATUS);
        var until = result.leaf()
                .map(leaf -> "until " + Span.date(leaf.notAfter()) + " ("
                        + Span.distance(result.checkedAt(), leaf.notAfter()) + ")")
                .orElse("no certificate");
        out.println(String.join(
                "  ",
                colour.of(result.status(), status),
                result.target().displayName(),
                Tables.codes(result.findings()),
                colour.faint(until)));
    }

    /** Everything that was seen. */
    void print(CheckResult result) {
        out.println(colour.bold(result.target().displayName()) + "  "
                + colour.of(result.status(), result.status().word()));
        result.findings().forEach(finding -> {
            out.println();
            print(finding, result);
        });
        var byChain = new LinkedHashMap<List<CertificateReport>, List<AddressReport>>();
        result.addresses().forEach(address -> byChain.computeIfAbsent(address.chain(), chain -> new ArrayList<>())
                .add(address));
        byChain.forEach((chain, addresses) -> {
            out.println();
            addresses.forEach(this::print);
            for (var i = 0; i < chain.size(); i++) {
                print(i + 1, chain.get(i), result.checkedAt());
            }
        });
        if (result.omittedAddresses() > 0) {
            out.println(MARGIN + "and " + result.omittedAddresses() + " more addresses, which were not visited");
        }
        result.unfetched().forEach(missing -> {
            out.println();
            out.println(MARGIN + sentence(missing));
        });
    }

    private static String sentence(Unfetched missing) {
        var what = missing.kind().equals(Unfetched.ISSUER)
                ? "issuer unknown: its certificate at %s could not be fetched (%s)"
                : "revocation unknown: the list at %s could not be used (%s)";
        return what.formatted(missing.address(), missing.reason());
    }

    private void print(Finding finding, CheckResult result) {
        // Where there is one address, it goes without saying.
        var where = finding.addresses().size() == result.addresses().size()
                ? ""
                : "  on " + String.join(", ", finding.addresses());
        out.println(MARGIN
                + colour.of(
                        finding.severity(),
                        severity(finding) + "  " + finding.code().code())
                + colour.faint(where));
        out.println(INDENT + finding.detail());
        Advice.on(finding.code())
                .filter(advice -> !finding.detail().endsWith(advice))
                .ifPresent(advice -> out.println(INDENT + colour.faint("advice: ") + advice));
    }

    /** What is only told is no alarm. */
    private static String severity(Finding finding) {
        return finding.severity() == Status.OK ? "note" : finding.severity().word();
    }

    private void print(AddressReport address) {
        var facts = new ArrayList<String>();
        address.protocol().ifPresent(facts::add);
        address.cipherSuite().ifPresent(facts::add);
        address.applicationProtocol().ifPresent(application -> facts.add("ALPN " + application));
        if (address.ocspStapled()) {
            facts.add("OCSP response stapled");
        }
        address.scts()
                .map(Report::timestamps)
                .or(() -> Optional.of("CT timestamps").filter(_ -> address.embeddedScts()))
                .filter(text -> !text.isEmpty())
                .ifPresent(facts::add);
        if (address.clientCertificateRequested()) {
            facts.add("asks for a client certificate");
        }
        address.error().ifPresent(facts::add);
        facts.add(address.millis() + " ms");
        out.println(MARGIN + colour.bold(address.address()) + "  " + String.join("  ", facts));
    }

    /** {@code CT timestamps: 2 in the certificate, 1 stapled}. */
    private static String timestamps(SctReport scts) {
        var ways = Stream.of(way(scts.embedded(), "in the certificate"), way(scts.stapled(), "stapled"))
                .flatMap(Optional::stream)
                .collect(Collectors.joining(", "));
        return ways.isEmpty() ? "" : "CT timestamps: " + ways;
    }

    private static Optional<String> way(int count, String where) {
        return count == 0 ? Optional.empty() : Optional.of(count + " " + where);
    }

    private void print(int number, CertificateReport certificate, Instant now) {
        out.println(
                MARGIN + Tables.pad(number + ".", INDENT.length() - MARGIN.length()) + shown(certificate.subject()));
        line("issuer", shown(certificate.issuer()));
        line("valid", validity(certificate, now));
        if (!certificate.names().isEmpty()) {
            line("names", names(certificate));
        }
        line("key", certificate.keyAlgorithm() + ", signed with " + certificate.signatureAlgorithm());
        line("sha256", certificate.sha256());
    }

    private void line(String label, String text) {
        out.println(INDENT + colour.faint(Tables.pad(label, LABEL)) + text);
    }

    private String validity(CertificateReport certificate, Instant now) {
        var both = Span.date(certificate.notBefore()) + " to " + Span.date(certificate.notAfter());
        if (now.isBefore(certificate.notBefore())) {
            return both + colour.of(Status.CRITICAL, " (begins " + Span.distance(now, certificate.notBefore()) + ")");
        }
        var distance = Span.distance(now, certificate.notAfter());
        return now.isAfter(certificate.notAfter())
                ? both + colour.of(Status.CRITICAL, " (ended " + distance + ")")
                : both + " (ends " + distance + ")";
    }

    private static String names(CertificateReport certificate) {
        var names = certificate.names();
        var more = names.size() - NAMES_SHOWN + certificate.omittedNames();
        return names.stream().limit(NAMES_SHOWN).collect(Collectors.joining(", "))
                + (more > 0 ? String.format(Locale.ROOT, " and %,d more", more) : "");
    }

    private static String shown(String distinguishedName) {
        return distinguishedName.isEmpty() ? "(no name)" : distinguishedName;
    }
}
