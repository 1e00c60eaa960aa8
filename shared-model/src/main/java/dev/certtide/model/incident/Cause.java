package dev.certtide.model.incident;

import dev.certtide.model.CertificateReport;
import dev.certtide.model.Fingerprint;
import dev.certtide.model.Required;
import dev.certtide.model.Target;
import io.avaje.jsonb.Json;
import java.util.Optional;

/**
 * What trouble comes from. Trouble of one cause is one incident of its owner, however many targets have it.
 *
 * @param id {@code target:} and the target's id; {@code intermediate:} and the fingerprint of a certificate;
 *     {@code authority:} and the fingerprint of a name
 * @param label what people call it
 */
@Json
public record Cause(String id, String label) {
    private static final String TARGET = "target:";

    public Cause {
        Required.field("id", id);
        Required.field("label", label);
    }

    /** Whatever people call it. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Cause cause && id.equals(cause.id);
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }

    /** The target itself. */
    public static Cause of(Target target) {
        return new Cause(TARGET + target.id(), target.displayName());
    }

    /** An authority's certificate that many chains go through. */
    public static Cause intermediate(CertificateReport certificate) {
        return new Cause(
                "intermediate:" + certificate.sha256(), "the intermediate certificate " + certificate.subject());
    }

    /** An authority, by its distinguished name. */
    public static Cause authority(String name) {
        return new Cause("authority:" + Fingerprint.shortOf(name), "the authority " + name);
    }

    /** The target, if it is the cause itself. */
    public Optional<Target> target() {
        return id.startsWith(TARGET) ? Optional.of(Target.ofId(id.substring(TARGET.length()))) : Optional.empty();
    }
}
