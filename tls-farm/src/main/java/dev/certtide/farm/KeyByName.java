package dev.certtide.farm;

import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.function.Supplier;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SSLSocket;

/** Shows one identity to clients that ask for a name (SNI: RFC 6066, 3), and another to all others. */
final class KeyByName extends SoleKey {
    private static final String OTHERWISE = "otherwise";

    private final String name;
    private final SoleKey otherwise;

    KeyByName(String name, Supplier<Identity> identity, Supplier<Identity> otherwise) {
        super(identity);
        this.name = name;
        this.otherwise = new SoleKey(otherwise);
    }

    @Override
    public String chooseServerAlias(String keyType, Principal[] issuers, Socket socket) {
        if (isAskedForIn(socket)) {
            return super.chooseServerAlias(keyType, issuers, socket);
        }
        return otherwise.chooseServerAlias(keyType, issuers, socket) == null ? null : OTHERWISE;
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
        return alias.equals(OTHERWISE) ? otherwise.getCertificateChain(alias) : super.getCertificateChain(alias);
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
        return alias.equals(OTHERWISE) ? otherwise.getPrivateKey(alias) : super.getPrivateKey(alias);
    }

    private boolean isAskedForIn(Socket socket) {
        return socket instanceof SSLSocket tls
                && tls.getHandshakeSession() instanceof ExtendedSSLSession session
                && session.getRequestedServerNames().stream()
                        .anyMatch(asked -> new String(asked.getEncoded(), StandardCharsets.US_ASCII).equals(name));
    }
}
