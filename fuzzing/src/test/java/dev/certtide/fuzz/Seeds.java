package dev.certtide.fuzz;

import dev.certtide.farm.CertificateAuthority;
import dev.certtide.farm.Issuer;
import dev.certtide.farm.LeafRequest;
import dev.certtide.farm.StarttlsScript;
import dev.certtide.farm.Validity;
import dev.certtide.model.Fingerprint;
import dev.certtide.model.Protocol;
import dev.certtide.model.Target;
import dev.certtide.probe.visit.starttls.NotUpgradedException;
import dev.certtide.probe.visit.starttls.PlainConnection;
import dev.certtide.probe.visit.starttls.Starttls;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/** Writes the inputs from which fuzzing starts into the corpus: what well-kept servers and backends send. */
final class Seeds {
    private static final Validity VALIDITY =
            Validity.withLeft(SignedChain.NOW, Duration.ofDays(90), Duration.ofDays(60));

    private final Path corpus;

    private Seeds(Path corpus) {
        this.corpus = corpus;
    }

    /** @param arguments the folder of the test resources */
    public static void main(String... arguments) throws IOException, GeneralSecurityException, InterruptedException {
        Seeds seeds = new Seeds(Path.of(arguments[0]));
        seeds.conversations();
        seeds.certificates();
        DerSeeds.write(seeds);
        MessageSeeds.write(seeds);
        TextSeeds.write(seeds);
    }

    /** Keeps one input of {@code package/Class/method}, the class without {@code FuzzTest}. */
    void put(String target, String name, byte[] input) throws IOException {
        int method = target.lastIndexOf('/');
        Path folder = corpus.resolve("dev/certtide")
                .resolve(target.substring(0, method) + "FuzzTestInputs")
                .resolve(target.substring(method + 1));
        Files.write(Files.createDirectories(folder).resolve(name), input);
    }

    void put(String target, String name, String input) throws IOException {
        put(target, name, input.getBytes(StandardCharsets.UTF_8));
    }

    private void conversations() throws IOException, InterruptedException {
        for (StarttlsScript script : StarttlsScript.values()) {
            for (StarttlsScript.Manner manner : StarttlsScript.Manner.values()) {
                Protocol protocol = Protocol.valueOf(script.name());
                put(
                        "fuzz/Starttls/" + protocol.scheme(),
                        manner.name().toLowerCase(Locale.ROOT),
                        said(script, manner, protocol));
            }
        }
    }

    /** What a server of the farm says to our client. */
    private static byte[] said(StarttlsScript script, StarttlsScript.Manner manner, Protocol protocol)
            throws IOException, InterruptedException {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread thread = Thread.ofVirtual().start(() -> {
                try (Socket connection = server.accept()) {
                    script.in(manner).hold(connection);
                } catch (IOException | InterruptedException e) {
                    // The client has gone, as after a refusal.
                }
            });
            try (Socket socket = new Socket(server.getInetAddress(), server.getLocalPort()) {
                @Override
                public InputStream getInputStream() throws IOException {
                    return new Recording(super.getInputStream(), said);
                }
            }) {
                Starttls.of(protocol)
                        .ask(
                                new PlainConnection(socket),
                                new Target(protocol, SignedChain.HOST, protocol.defaultPort()));
            } catch (NotUpgradedException e) {
                // What was said until then is recorded.
            }
            thread.join();
        }
        return said.toByteArray();
    }

    private static final class Recording extends FilterInputStream {
        private final ByteArrayOutputStream record;

        private Recording(InputStream in, ByteArrayOutputStream record) {
            super(in);
            this.record = record;
        }

        @Override
        public int read() throws IOException {
            int next = super.read();
            if (next >= 0) {
                record.write(next);
            }
            return next;
        }

        @Override
        public int read(byte[] bytes, int from, int length) throws IOException {
            int read = super.read(bytes, from, length);
            if (read > 0) {
                record.write(bytes, from, read);
            }
            return read;
        }
    }

    private void certificates() throws IOException, GeneralSecurityException {
        CertificateAuthority authority = CertificateAuthority.create("Seed", SignedChain.NOW);
        LeafRequest request = LeafRequest.forName(SignedChain.HOST, VALIDITY);
        List<X509Certificate> chain = authority.issue(request).chain();
        X509Certificate alone = Issuer.selfSigned(request).leaf();
        List<X509Certificate> signed = SignedChain.of(new Parts(List.of()));
        put("fuzz/Certificate/asSent", "farm", asSent(chain));
        put("fuzz/Certificate/asSent", "self-signed", asSent(List.of(alone)));
        put("fuzz/Certificate/asSent", "below-root", asSent(signed));
        put("fuzz/Der/everyElementIsReadOrRefused", "leaf", chain.getFirst().getEncoded());
        put("fuzz/Fetched/roots", "root", authority.rootPem());
        put(
                "fuzz/Fetched/roots",
                "two",
                "# As of: 2026-06-01\n" + authority.rootPem()
                        + authority.intermediate().pem());
        put("fuzz/Fetched/roots", "short", pem(SignedChain.ROOT.getEncoded()));
        put(
                "fuzz/Fetched/roots",
                "distrusted",
                "# Distrust after: 2026-05-31T23:59:59Z " + Fingerprint.of(SignedChain.ROOT.getEncoded()) + "\n"
                        + pem(SignedChain.ROOT.getEncoded()));
        put("fuzz/Fetched/issuer", "pem", pem(SignedChain.ROOT.getEncoded()));
        put("fuzz/Fetched/issuer", "der", SignedChain.ROOT.getEncoded());
        put(
                "fuzz/Fetched/issuer",
                "pkcs7",
                CertificateFactory.getInstance("X.509").generateCertPath(signed).getEncoded("PKCS7"));
        for (String target : List.of("boringSsl", "jdk")) {
            put("probe/visit/Handshake/" + target, "ecdsa", flight(0xc02b, chain));
            put("probe/visit/Handshake/" + target, "rsa", flight(0xc02f, signed));
            put("probe/visit/Handshake/" + target, "alert", DerText.hex("15030300020228"));
        }
    }

    static String pem(byte[] certificate) {
        return "-----BEGIN CERTIFICATE-----\n"
                + Base64.getMimeEncoder().encodeToString(certificate)
                + "\n-----END CERTIFICATE-----\n";
    }

    /** ServerHello and Certificate of TLS 1.2 (RFC 5246, 7.4): in TLS 1.3 the certificate could not be read again. */
    private static byte[] flight(int suite, List<X509Certificate> chain) throws GeneralSecurityException {
        byte[] hello = DerText.hex("020000260303" + "5a".repeat(32) + "00" + "%04x".formatted(suite) + "00");
        byte[] certificates = asSent(chain);
        ByteArrayOutputStream messages = new ByteArrayOutputStream();
        messages.writeBytes(hello);
        messages.writeBytes(DerText.hex("0b%06x%06x".formatted(certificates.length + 3, certificates.length)));
        messages.writeBytes(certificates);
        ByteArrayOutputStream record = new ByteArrayOutputStream();
        record.writeBytes(DerText.hex("160303%04x".formatted(messages.size())));
        record.writeBytes(messages.toByteArray());
        record.writeBytes(DerText.hex("15030300020228"));
        return record.toByteArray();
    }

    private static byte[] asSent(List<X509Certificate> chain) throws GeneralSecurityException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (X509Certificate certificate : chain) {
            byte[] der = certificate.getEncoded();
            bytes.write(0);
            bytes.write(der.length >> 8);
            bytes.write(der.length);
            bytes.writeBytes(der);
        }
        return bytes.toByteArray();
    }
}
