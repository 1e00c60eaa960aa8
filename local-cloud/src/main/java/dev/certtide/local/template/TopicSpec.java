package dev.certtide.local.template;

/** A standard SNS topic as the template describes it. */
public record TopicSpec(String arn, String displayName) {

    static TopicSpec read(Resource resource) {
        return resource.read(properties -> {
            properties.withoutEffect(
                    "TopicName",
                    "KmsMasterKeyId",
                    "TracingConfig",
                    "SignatureVersion",
                    "DeliveryStatusLogging",
                    "Tags");
            return new TopicSpec(resource.ref(), properties.text("DisplayName").orElse(""));
        });
    }
}
