package dev.certtide.farm;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.NamedParameterSpec;

/** Keys that certificates have, and how each signs a certificate. */
public enum KeyKind {
    EC_P256("EC", keys -> keys.initialize(new ECGenParameterSpec("secp256r1")), "SHA256withECDSA"),
    EC_P384("EC", keys -> keys.initialize(new ECGenParameterSpec("secp384r1")), "SHA384withECDSA"),
    EC_P521("EC", keys -> keys.initialize(new ECGenParameterSpec("secp521r1")), "SHA512withECDSA"),
    ED25519("EdDSA", keys -> keys.initialize(NamedParameterSpec.ED25519), "Ed25519"),
    RSA_1024("RSA", keys -> keys.initialize(1024), "SHA256withRSA"),
    RSA_2048("RSA", keys -> keys.initialize(2048), "SHA256withRSA"),
    /** The same key every time, and everybody has it: making one takes half a minute. */
    RSA_8192("RSA", keys -> keys.initialize(8192), "SHA256withRSA") {
        @Override
        KeyPair generate() {
            return KnownKey.rsa8192();
        }
    },
    DSA_2048("DSA", keys -> keys.initialize(2048), "SHA256withDSA");

    private final String algorithm;
    private final Parameters parameters;
    private final String signature;

    KeyKind(String algorithm, Parameters parameters, String signature) {
        this.algorithm = algorithm;
        this.parameters = parameters;
        this.signature = signature;
    }

    @FunctionalInterface
    private interface Parameters {
        void initialize(KeyPairGenerator keys) throws GeneralSecurityException;
    }

    /** A new pair. RSA takes some tens of milliseconds. */
    KeyPair generate() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            parameters.initialize(generator);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK has no keys of the kind " + this, e);
        }
    }

    /** The JDK's name of the algorithm with which such a key signs. */
    String signature() {
        return signature;
    }

    boolean isRsa() {
        return algorithm.equals("RSA");
    }
}
