package dev.certtide.farm;

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
import org.bouncycastle.tls.CertificateStatus;
import org.bouncycastle.tls.CertificateStatusType;
import org.bouncycastle.tls.CipherSuite;
import org.bouncycastle.tls.DefaultTlsServer;
import org.bouncycastle.tls.HashAlgorithm;
import org.bouncycastle.tls.ProtocolName;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.SignatureAlgorithm;
import org.bouncycastle.tls.SignatureAndHashAlgorithm;
import org.bouncycastle.tls.TlsCredentialedSigner;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.TlsServerProtocol;
import org.bouncycastle.tls.crypto.TlsCertificate;
import org.bouncycastle.tls.crypto.TlsCryptoParameters;
import org.bouncycastle.tls.crypto.impl.jcajce.JcaDefaultTlsCredentialedSigner;
import org.bouncycastle.tls.crypto.impl.jcajce.JcaTlsCrypto;
import org.bouncycastle.tls.crypto.impl.jcajce.JcaTlsCryptoProvider;

/**
 * A TLS 1.2 server on BouncyCastle's own stack, for what JSSE's servers cannot do: names with underscores, stapled
 * responses without a responder, and application protocols that a client does not offer. EC keys only.
 */
public final class BareTlsServer implements AutoCloseable {
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
     */
    public record Extras(Optional<ByteBuffer> staple, List<String> applications) {
        /** Nothing. */
        public static final Extras NONE = new Extras(Optional.empty(), List.of());

        public Extras {
            applications = List.copyOf(applications);
        }
    }

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
        TlsServerProtocol tls = new TlsServerProtocol(connection.getInputStream(), connection.getOutputStream());
        tls.accept(new Peer());
        tls.getInputStream().transferTo(OutputStream.nullOutputStream());
    }

    private final class Peer extends DefaultTlsServer {
        private Peer() {
            super(crypto);
        }

        @Override
        protected ProtocolVersion[] getSupportedVersions() {
            return ProtocolVersion.TLSv12.only();
        }

        @Override
        protected int[] getSupportedCipherSuites() {
            return new int[] {CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256};
        }

        @Override
        protected TlsCredentialedSigner getECDSASignerCredentials() throws IOException {
            TlsCertificate[] chain = new TlsCertificate[identity.chain().size()];
            for (int i = 0; i < chain.length; i++) {
                chain[i] = crypto.createCertificate(encoded(identity.chain().get(i)));
            }
            return new JcaDefaultTlsCredentialedSigner(
                    new TlsCryptoParameters(context),
                    crypto,
                    identity.key(),
                    new Certificate(chain),
                    SignatureAndHashAlgorithm.getInstance(HashAlgorithm.sha256, SignatureAlgorithm.ecdsa));
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
