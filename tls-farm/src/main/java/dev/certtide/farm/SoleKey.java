package dev.certtide.farm;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;

/**
 * Shows one identity whatever is asked for. The JDK's own key managers may prefer, or drop, certificates by their dates
 * and algorithms; a farm of bad servers must send exactly what it was told to.
 */
class SoleKey extends X509ExtendedKeyManager {
    private static final String ALIAS = "sole";

    private final Supplier<Identity> identity;

    SoleKey(Supplier<Identity> identity) {
        this.identity = identity;
    }

    @Override
    public String[] getServerAliases(String keyType, Principal[] issuers) {
        return new String[] {ALIAS};
    }

    @Override
    public String chooseServerAlias(String keyType, Principal[] issuers, Socket socket) {
        return matches(keyType) ? ALIAS : null;
    }

    @Override
    public String chooseEngineServerAlias(String keyType, Principal[] issuers, SSLEngine engine) {
        return matches(keyType) ? ALIAS : null;
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
        return identity.get().chain().toArray(X509Certificate[]::new);
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
        return identity.get().key();
    }

    @Override
    public String[] getClientAliases(String keyType, Principal[] issuers) {
        return new String[0];
    }

    @Override
    public String chooseClientAlias(String[] keyTypes, Principal[] issuers, Socket socket) {
        return null;
    }

    /** A TLS 1.3 server asks by key type ("EC"), a TLS 1.2 server by "EC_EC" and the like too. */
    private boolean matches(String keyType) {
        String own = identity.get().key().getAlgorithm();
        return keyType.equals(own) || keyType.startsWith(own + "_");
    }
}
