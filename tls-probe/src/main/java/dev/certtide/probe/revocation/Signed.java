package dev.certtide.probe.revocation;

import dev.certtide.probe.path.Der;
import dev.certtide.probe.path.MalformedDerException;
import dev.certtide.probe.path.Signatures;
import java.io.IOException;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PSSParameterSpec;
import java.util.Arrays;
import java.util.Optional;

/**
 * What is signed, how, and the signature: the outermost three elements of revocation lists and OCSP responses.
 *
 * @param content what is signed
 * @param algorithm an AlgorithmIdentifier
 * @param signature its bits
 */
record Signed(Der content, Der algorithm, byte[] signature) {
    private static final String RSA_PSS = "1.2.840.113549.1.1.10";

    /** Reads the three. */
    static Signed read(Der.Reader reader) {
        Der content = reader.next(Der.SEQUENCE);
        Der algorithm = reader.next(Der.SEQUENCE);
        byte[] signature = reader.next(Der.BIT_STRING).content();
        if (signature.length == 0) {
            throw new MalformedDerException("a signature without content");
        }
        return new Signed(content, algorithm, Arrays.copyOfRange(signature, 1, signature.length));
    }

    /** Whether that key has signed it; a key beyond the bound of {@link Signatures#isTooLarge} never has. */
    boolean isBy(PublicKey key) {
        if (Signatures.isTooLarge(key)) {
            return false;
        }
        try {
            Der.Reader reader = algorithm.reader();
            String oid = reader.next(Der.OBJECT_IDENTIFIER).oid();
            Signature verification = Signature.getInstance(oid);
            Optional<Der> parameters = reader.nextIf(Der.SEQUENCE);
            if (oid.equals(RSA_PSS) && parameters.isPresent()) {
                AlgorithmParameters pss = AlgorithmParameters.getInstance("RSASSA-PSS");
                pss.init(parameters.get().encoded());
                verification.setParameter(pss.getParameterSpec(PSSParameterSpec.class));
            }
            verification.initVerify(key);
            content.encodedTo(verification);
            return verification.verify(signature);
        } catch (GeneralSecurityException | IOException | RuntimeException e) {
            // Whatever keeps the JDK from verifying it: what is signed in doubt says nothing.
            return false;
        }
    }
}
