package dev.certtide.local.template;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * A Lambda function in Java.
 *
 * @param codeKey object key of its code among the assets of the assembly
 * @param handler class name, optionally followed by {@code ::method}
 * @param timeout 1 second to 15 minutes
 * @param memoryMegabytes 128 to 10,240; given to the function's context, not enforced
 * @param reservedConcurrency how many invocations may run at once, when limited
 */
public record FunctionSpec(
        String name,
        String arn,
        String codeKey,
        String handler,
        Duration timeout,
        int memoryMegabytes,
        Map<String, String> environment,
        Optional<Integer> reservedConcurrency) {

    static FunctionSpec read(Resource resource) {
        return resource.read(properties -> {
            properties.withoutEffect(
                    "FunctionName",
                    "Architectures",
                    "Description",
                    "Role",
                    "LoggingConfig",
                    "SnapStart",
                    "TracingConfig",
                    "Tags",
                    "KmsKeyArn",
                    "RecursiveLoop",
                    "EphemeralStorage",
                    "RuntimeManagementConfig");
            var runtime = properties.requiredText("Runtime");
            if (!runtime.startsWith("java"))
                throw properties.refuse("Runtime", "must be a Java runtime, is " + runtime);
            return new FunctionSpec(
                    resource.ref(),
                    resource.place().arn("lambda", "function:" + resource.ref()),
                    properties
                            .object("Code", code -> {
                                code.withoutEffect("S3Bucket");
                                return code.requiredText("S3Key");
                            })
                            .orElseThrow(() -> properties.refuse("Code", "is required")),
                    properties.requiredText("Handler"),
                    Duration.ofSeconds(properties.number("Timeout", 3, 1, 900)),
                    properties.number("MemorySize", 128, 128, 10_240),
                    properties
                            .object("Environment", environment -> environment.map("Variables"))
                            .orElse(Map.of()),
                    properties.optionalNumber("ReservedConcurrentExecutions", 0, Integer.MAX_VALUE));
        });
    }
}
