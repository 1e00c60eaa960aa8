package dev.certtide.probe.path;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.interfaces.DSAPublicKey;
import java.security.spec.DSAPublicKeySpec;

/** DSA keys may leave their parameters to the issuer's key (RFC 5280, 6.1.4 (e)). Nobody serves such a one any more. */
final class DsaParameters {
    private DsaParameters() {}

    static PublicKey inherited(PublicKey key, PublicKey issuerKey) {
        if (key instanceof DSAPublicKey bare
                && bare.getParams() == null
                && issuerKey instanceof DSAPublicKey full
                && full.getParams() != null) {
            try {
                return KeyFactory.getInstance("DSA")
                        .generatePublic(new DSAPublicKeySpec(
                                bare.getY(),
                                full.getParams().getP(),
                                full.getParams().getQ(),
                                full.getParams().getG()));
            } catch (GeneralSecurityException e) {
                return key;
            }
        }
        return key;
    }
}
