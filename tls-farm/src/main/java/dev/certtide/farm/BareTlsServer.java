package dev.certtide.farm;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.Vector;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ocsp.OCSPResponse;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.CertificateEntry;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.CertificateStatus;
import org.bouncycastle.tls.CertificateStatusType;
import org.bouncycastle.tls.CipherSuite;
import org.bouncycastle.tls.ClientCertificateType;
import org.bouncycastle.tls.DefaultTlsServer;
import org.bouncycastle.tls.HashAlgorithm;
import org.bouncycastle.tls.ProtocolName;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.SignatureAlgorithm;
import org.bouncycastle.tls.SignatureAndHashAlgorithm;
import org.bouncycastle.tls.TlsCredentialedSigner;
import org.bouncycastle.tls.TlsCredentials;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.TlsServerProtocol;
import org.bouncycastle.tls.TlsUtils;
import org.bouncycastle.tls.crypto.TlsCryptoParameters;
import org.bouncycastle.tls.crypto.impl.jcajce.JcaDefaultTlsCredentialedSigner;
import org.bouncycastle.tls.crypto.impl.jcajce.JcaTlsCrypto;
import org.bouncycastle.tls.crypto.impl.jcajce.JcaTlsCryptoProvider;

/**
 * A TLS 1.2 server on BouncyCastle's own stack, for what JSSE's servers cannot do: names with underscores, stapled
 * responses without a responder, application protocols that a client does not offer, and any alert to those who have no
 * certificate (TLS 1.3, too). EC keys only.
 */
public final class BareTlsServer implements AutoCloseable {
    private static final SignatureAndHashAlgorithm ECDSA_WITH_SHA256 =
            SignatureAndHashAlgorithm.getInstance(HashAlgorithm.sha256, SignatureAlgorithm.ecdsa);

    private final JcaTlsCrypto crypto = new JcaTlsCryptoProvider().create(new SecureRandom());
    private final Identity identity;
    private final Extras extras;
    private final Listener listener;

    private BareTlsServer(Identity identity, Extras extras) {
        this.identity = identity;
        this.extras = extras;
        this.listener = Listener.start(InetAddress.ofLiteral("127.0.0.1"), 0, this::shakeHands);
    }

    /**
     * What the server adds to a handshake.
     *
     * @param staple an OCSP response, DER, for clients that ask for one
     * @param applications what it speaks; a client that offers others only is refused (RFC 7301, 3.2)
     * @param demand what it wants of clients
     */
    public record Extras(Optional<ByteBuffer> staple, List<String> applications, Optional<Demand> demand) {
        /** Nothing. */
        public static final Extras NONE = new Extras(Optional.empty(), List.of());

        /** These, to anybody. */
        public Extras(Optional<ByteBuffer> staple, List<String> applications) {
            this(staple, applications, Optional.empty());
        }

        /** Nothing but to ask clients for a certificate. */
        public static Extras demanding(Demand demand) {
            return new Extras(Optional.empty(), List.of(), Optional.of(demand));
        }

        public Extras {
            applications = List.copyOf(applications);
        }
    }

    /**
     * Asks clients for a certificate, and ends the handshake when it sees what they have.
     *
     * @param tls13 whether by TLS 1.3, and nothing older
     * @param alert what it says then, by its number (RFC 8446, 6.2)
     */
    public record Demand(boolean tls13, int alert) {}

    /** Starts on 127.0.0.1 and an ephemeral port. */
    public static BareTlsServer start(Identity identity, Extras extras) {
        return new BareTlsServer(identity, extras);
    }

    /** The port, 1 to 65535. */
    public int port() {
        return listener.port();
    }

    @Override
    public void close() {
        listener.close();
    }

    private void shakeHands(Socket connection) throws IOException {
        TlsServerProtocol tls = new TlsServerProtocol(
                new FilterInputStream(connection.getInputStream()) {
                    @Override
                    public void close() {
                        // With something unread it would be a reset, and that overtakes an alert.
                    }
                },
                new FilterOutputStream(connection.getOutputStream()) {
                    @Override
                    public void write(byte[] bytes, int offset, int length) throws IOException {
                        out.write(bytes, offset, length);
                    }

                    @Override
                    public void close() throws IOException {
                        flush();
                    }
                });
        try {
            tls.accept(new Peer());
            tls.getInputStream().transferTo(OutputStream.nullOutputStream());
        } finally {
            connection.shutdownOutput();
            connection.getInputStream().transferTo(OutputStream.nullOutputStream());
        }
    }

    private final class Peer extends DefaultTlsServer {
        private Peer() {
            super(crypto);
        }

        @Override
        protected ProtocolVersion[] getSupportedVersions() {
            return isTls13() ? ProtocolVersion.TLSv13.only() : ProtocolVersion.TLSv12.only();
        }

        @Override
        protected int[] getSupportedCipherSuites() {
            return new int[] {
                isTls13() ? CipherSuite.TLS_AES_128_GCM_SHA256 : CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256
            };
        }

        private boolean isTls13() {
            return extras.demand().filter(Demand::tls13).isPresent();
        }

        @Override
        public TlsCredentials getCredentials() throws IOException {
            return isTls13() ? getECDSASignerCredentials() : super.getCredentials();
        }

        @Override
        protected TlsCredentialedSigner getECDSASignerCredentials() throws IOException {
            CertificateEntry[] chain = new CertificateEntry[identity.chain().size()];
            for (int i = 0; i < chain.length; i++) {
                chain[i] = new CertificateEntry(
                        crypto.createCertificate(encoded(identity.chain().get(i))), null);
            }
            return new JcaDefaultTlsCredentialedSigner(
                    new TlsCryptoParameters(context),
                    crypto,
                    identity.key(),
                    new Certificate(isTls13() ? TlsUtils.EMPTY_BYTES : null, chain),
                    ECDSA_WITH_SHA256);
        }

        @Override
        public CertificateRequest getCertificateRequest() throws IOException {
            if (extras.demand().isEmpty()) {
                return null;
            }
            Vector<SignatureAndHashAlgorithm> algorithms = new Vector<>(List.of(ECDSA_WITH_SHA256));
            return isTls13()
                    ? new CertificateRequest(TlsUtils.EMPTY_BYTES, algorithms, null, null)
                    : new CertificateRequest(new short[] {ClientCertificateType.ecdsa_sign}, algorithms, null);
        }

        @Override
        public void notifyClientCertificate(Certificate none) throws IOException {
            throw new TlsFatalAlert((short) extras.demand().orElseThrow().alert());
        }

        @Override
        public CertificateStatus getCertificateStatus() throws IOException {
            if (extras.staple().isEmpty()) {
                return null;
            }
            byte[] der = new byte[extras.staple().get().remaining()];
            extras.staple().get().duplicate().get(der);
            return new CertificateStatus(
                    CertificateStatusType.ocsp, OCSPResponse.getInstance(ASN1Primitive.fromByteArray(der)));
        }

        @Override
        protected Vector<ProtocolName> getProtocolNames() {
            if (extras.applications().isEmpty()) {
                return null;
            }
            Vector<ProtocolName> names = new Vector<>();
            extras.applications().forEach(name -> names.add(ProtocolName.asUtf8Encoding(name)));
            return names;
        }

        private static byte[] encoded(X509Certificate certificate) throws IOException {
            try {
                return certificate.getEncoded();
            } catch (GeneralSecurityException e) {
                throw new TlsFatalAlert((short) 80, e);
            }
        }
    }
}
