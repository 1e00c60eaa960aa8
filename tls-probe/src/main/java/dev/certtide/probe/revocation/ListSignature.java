package dev.certtide.probe.revocation;

import dev.certtide.probe.path.Der;
import java.io.IOException;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PSSParameterSpec;
import java.util.Optional;

/** Verifies the signature of a revocation list. */
final class ListSignature {
    private static final String RSA_PSS = "1.2.840.113549.1.1.10";

    private ListSignature() {}

    static boolean isBy(PublicKey key, RevocationList list) {
        RevocationList.Signed signed = list.signed();
        try {
            Der.Reader algorithm = signed.algorithm().reader();
            String oid = algorithm.next(Der.OBJECT_IDENTIFIER).oid();
            Signature signature = Signature.getInstance(oid);
            Optional<Der> parameters = algorithm.nextIf(Der.SEQUENCE);
            if (oid.equals(RSA_PSS) && parameters.isPresent()) {
                AlgorithmParameters pss = AlgorithmParameters.getInstance("RSASSA-PSS");
                pss.init(parameters.get().encoded());
                signature.setParameter(pss.getParameterSpec(PSSParameterSpec.class));
            }
            signature.initVerify(key);
            signed.content().encodedTo(signature);
            return signature.verify(signed.signature());
        } catch (GeneralSecurityException | IOException | RuntimeException e) {
            // Whatever keeps the JDK from verifying it: a list whose signature is in doubt says nothing.
            return false;
        }
    }
}
