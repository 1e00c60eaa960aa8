package dev.certtide.infra;

import java.util.Map;
import software.amazon.awscdk.Validations;
import software.constructs.Construct;

/** Findings of cdk-nag that we know of and accept, each with its reason, beside the construct that causes it. */
final class Acknowledged {
    private Acknowledged() {}

    /**
     * Accepts one finding on a construct and everything below it.
     *
     * <p>{@code Validations.acknowledge} refuses ids with more than one {@code ::}, which those of IAM policies have;
     * the metadata that it would write is what the validation reads.
     */
    static void finding(Construct construct, String id, String reason) {
        construct.getNode().addMetadata(Validations.ACKNOWLEDGED_RULES_METADATA_KEY, Map.of(id, reason));
    }
}
