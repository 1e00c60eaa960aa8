package dev.certtide.probe.visit;

import java.security.AlgorithmConstraints;
import java.security.AlgorithmParameters;
import java.security.CryptoPrimitive;
import java.security.Key;
import java.util.OptionalInt;
import java.util.Set;
import javax.crypto.interfaces.DHKey;

/**
 * Permits everything, and notes the size of a Diffie-Hellman group on the way: JSSE tells it to nobody else. No
 * constraint is lifted by this; those of the security properties hold besides.
 */
final class KeySizes implements AlgorithmConstraints {
    private volatile int diffieHellmanBits;

    OptionalInt diffieHellmanBits() {
        return diffieHellmanBits == 0 ? OptionalInt.empty() : OptionalInt.of(diffieHellmanBits);
    }

    @Override
    public boolean permits(Set<CryptoPrimitive> primitives, Key key) {
        if (key instanceof DHKey dh) {
            diffieHellmanBits = dh.getParams().getP().bitLength();
        }
        return true;
    }

    @Override
    public boolean permits(Set<CryptoPrimitive> primitives, String algorithm, AlgorithmParameters parameters) {
        return true;
    }

    @Override
    public boolean permits(Set<CryptoPrimitive> primitives, String algorithm, Key key, AlgorithmParameters parameters) {
        return permits(primitives, key);
    }
}
