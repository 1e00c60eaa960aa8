package dev.certtide.probe.judge;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;

/** Where validation cases that nobody here wrote are, and how their files are read. They are not part of the project. */
final class Corpora {
    private Corpora() {}

    /** The file, or the test that asks is skipped, and says so. */
    static Path file(String name) {
        Path file = Path.of(System.getProperty("certtide.home", ".."))
                .resolve(System.getProperty("certtide.corpora", "../shared/corpora"))
                .resolve(name)
                .normalize();
        if (!Files.exists(file)) {
            System.out.println("SKIPPED: there is no " + file + "; give the folder of corpora by -Dcerttide.corpora=");
        }
        Assumptions.assumeTrue(Files.exists(file), () -> "there is no " + file);
        return file;
    }

    static Object json(InputStream in) throws IOException {
        return new ObjectMapper().readValue(in, Object.class);
    }

    @SuppressWarnings("unchecked")
    static List<Map<String, Object>> objects(Object json) {
        return (List<Map<String, Object>>) json;
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> object(Object json) {
        return (Map<String, Object>) json;
    }

    @SuppressWarnings("unchecked")
    static List<String> strings(Object json) {
        return json == null ? List.of() : (List<String>) json;
    }

    static X509Certificate certificate(byte[] encoded) throws CertificateException {
        try (InputStream in = new ByteArrayInputStream(encoded)) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot be read", e);
        }
    }

    static byte[] der(String pem) {
        return Base64.getMimeDecoder().decode(pem.replaceAll("-----[^-]+-----", ""));
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
