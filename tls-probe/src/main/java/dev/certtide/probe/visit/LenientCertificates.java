package dev.certtide.probe.visit;

import dev.certtide.probe.facts.UnreadableCertificate;
import dev.certtide.probe.path.KnownCertificates;
import java.io.IOException;
import java.io.InputStream;
import java.security.Provider;
import java.security.Security;
import java.security.cert.CRL;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactorySpi;
import java.util.Collection;
import java.util.Optional;

/**
 * What JSSE takes a server's certificates apart with. JSSE gives up a handshake because of any certificate in a chain that
 * it cannot read, before it shows the others to anybody, and leaves no other way in than the factory that it asks for. So
 * there is one that leaves out what cannot be read, and says so; for a leaf it throws, as the JDK's own does.
 *
 * <p>Though a provider is the whole process's, this one has something only for those who shake hands within {@link #call},
 * which are the probe's visits; everybody else gets what they always got.
 */
final class LenientCertificates extends Provider {
    private static final long serialVersionUID = 1L;

    /** Empty while a certificate is taken apart: that is asked for by the same name. */
    private static final ScopedValue<Optional<Reading>> READING = ScopedValue.newInstance();

    /** Certificates of one handshake, one after the other. */
    private static final class Reading {
        private final Witness witness;
        private int count;

        private Reading(Witness witness) {
            this.witness = witness;
        }
    }

    /** Something that shakes hands. */
    @FunctionalInterface
    interface Handshaking {
        void shake() throws IOException;
    }

    static {
        Security.insertProviderAt(new LenientCertificates(), 1);
    }

    private LenientCertificates() {
        super("CerttideVisits", "1", "Chains with certificates that cannot be read");
    }

    /** Does it and lets the witness know of certificates that cannot be read. */
    static void call(Witness witness, Handshaking handshaking) throws IOException {
        ScopedValue.where(READING, Optional.of(new Reading(witness))).call(() -> {
            handshaking.shake();
            return witness;
        });
    }

    @Override
    public Service getService(String type, String algorithm) {
        boolean isOurs = READING.isBound() && type.equals("CertificateFactory") && algorithm.equals("X.509");
        return isOurs
                ? READING.get().map(reading -> new OfReading(this, reading)).orElse(null)
                : null;
    }

    private static final class OfReading extends Service {
        private final Reading reading;

        private OfReading(Provider provider, Reading reading) {
            super(provider, "CertificateFactory", "X.509", Factory.class.getName(), null, null);
            this.reading = reading;
        }

        @Override
        public Object newInstance(Object none) {
            return new Factory(reading);
        }
    }

    private static final class Factory extends CertificateFactorySpi {
        private final Reading reading;

        private Factory(Reading reading) {
            this.reading = reading;
        }

        /** Null for one that cannot be read, unless it is the leaf. */
        @Override
        public Certificate engineGenerateCertificate(InputStream encoded) throws CertificateException {
            reading.count++;
            try {
                byte[] bytes = encoded.readAllBytes();
                return ScopedValue.where(READING, Optional.<Reading>empty()).call(() -> KnownCertificates.of(bytes));
            } catch (CertificateException e) {
                reading.witness.cannotRead(new UnreadableCertificate(reading.count, Failures.words(e)));
                if (reading.count == 1) {
                    throw e;
                }
                return null;
            } catch (IOException e) {
                throw new CertificateException("bytes in memory cannot be read", e);
            }
        }

        @Override
        public Collection<? extends Certificate> engineGenerateCertificates(InputStream encoded) {
            throw notAskedFor();
        }

        @Override
        public CRL engineGenerateCRL(InputStream encoded) {
            throw notAskedFor();
        }

        @Override
        public Collection<? extends CRL> engineGenerateCRLs(InputStream encoded) {
            throw notAskedFor();
        }

        private static UnsupportedOperationException notAskedFor() {
            return new UnsupportedOperationException("a handshake reads certificates one by one");
        }
    }
}
