package dev.certtide.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** All of a template that has an effect on one machine, resolved. Reading it is pure. */
public record Blueprint(
        List<TopicSpec> topics,
        List<SubscriptionSpec> subscriptions,
        List<QueueSpec> queues,
        List<TableSpec> tables,
        List<FunctionSpec> functions,
        List<MappingSpec> mappings,
        List<RuleSpec> rules,
        Map<String, String> parameters,
        Map<String, String> outputs) {

    private static final Set<String> SECTIONS = Set.of(
            "AWSTemplateFormatVersion",
            "Description",
            "Metadata",
            "Parameters",
            "Rules",
            "Conditions",
            "Resources",
            "Outputs");
    private static final Set<String> RESOURCE_ATTRIBUTES = Set.of(
            "Type",
            "Properties",
            "DependsOn",
            "Metadata",
            "DeletionPolicy",
            "UpdateReplacePolicy",
            "UpdatePolicy",
            "Condition");

    /**
     * Reads a CloudFormation template.
     *
     * @throws TemplateException for any section, resource type, property, intrinsic function, condition or reference
     *     that this cloud does not know
     */
    public static Blueprint read(JsonNode template, Place place) {
        refuseUnknown("the template", "section", template, SECTIONS);
        refuseUnknown("the template", "rule", template.path("Rules"), Set.of("CheckBootstrapVersion"));
        var intrinsics = new Intrinsics(template, place);
        var blueprint = new Blueprint(
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                new LinkedHashMap<>(),
                new LinkedHashMap<>());
        for (var entry : template.path("Resources").properties()) {
            var logicalId = entry.getKey();
            var written = entry.getValue();
            refuseUnknown(logicalId, "attribute", written, RESOURCE_ATTRIBUTES);
            refuseMissing(logicalId, written.path("DependsOn"), template.path("Resources"));
            if (written.has("Condition")
                    && !intrinsics.condition(written.get("Condition").asText(), logicalId)) continue;
            blueprint.add(new Resource(
                    logicalId,
                    written.path("Type").asText(),
                    intrinsics.resolve(written.path("Properties"), logicalId),
                    intrinsics.refTo(logicalId),
                    place));
        }
        for (var output : template.path("Outputs").properties()) {
            var value = intrinsics.resolve(output.getValue().path("Value"), "output " + output.getKey());
            blueprint.outputs.put(output.getKey(), value.asText());
        }
        blueprint.refuseDanglingReferences();
        return blueprint;
    }

    private void add(Resource resource) {
        switch (resource.type()) {
            case "AWS::SNS::Topic" -> topics.add(TopicSpec.read(resource));
            case "AWS::SNS::Subscription" -> subscriptions.add(SubscriptionSpec.read(resource));
            case "AWS::SQS::Queue" -> queues.add(QueueSpec.read(resource));
            case "AWS::DynamoDB::Table" -> tables.add(TableSpec.read(resource));
            case "AWS::Lambda::Function" -> functions.add(FunctionSpec.read(resource));
            case "AWS::Lambda::EventSourceMapping" -> mappings.add(MappingSpec.read(resource));
            case "AWS::Events::Rule" -> rules.add(RuleSpec.read(resource));
            case "AWS::SSM::Parameter" -> addParameter(resource);
            default -> {
                if (!WithoutEffect.covers(resource)) {
                    throw new TemplateException("%s: the resource type %s is not supported"
                            .formatted(resource.logicalId(), resource.type()));
                }
            }
        }
    }

    private void addParameter(Resource resource) {
        resource.read(properties -> {
            properties.withoutEffect("Name", "Description", "Tier", "AllowedPattern", "Tags");
            if (!properties.requiredText("Type").equals("String")) throw properties.refuse("Type", "must be String");
            return parameters.put(resource.ref(), properties.requiredText("Value"));
        });
    }

    private void refuseDanglingReferences() {
        var queueArns = queues.stream().map(QueueSpec::arn).toList();
        var functionNames = functions.stream().map(FunctionSpec::name).toList();
        for (var queue : queues) {
            queue.redrive()
                    .ifPresent(redrive -> require(
                            queueArns.contains(redrive.deadLetterQueueArn()),
                            queue.name(),
                            redrive.deadLetterQueueArn()));
        }
        for (var mapping : mappings) {
            require(queueArns.contains(mapping.queueArn()), "event source mapping", mapping.queueArn());
            require(functionNames.contains(mapping.functionName()), "event source mapping", mapping.functionName());
            refuseShortVisibility(mapping);
        }
        for (var rule : rules) {
            for (var target : rule.targets()) {
                var known =
                        target.isFunction() ? functionNames.contains(target.name()) : queueArns.contains(target.arn());
                require(known, "rule " + rule.name(), target.arn());
                target.deadLetterQueueArn()
                        .ifPresent(arn -> require(queueArns.contains(arn), "rule " + rule.name(), arn));
            }
        }
    }

    /** As {@code CreateEventSourceMapping} does: messages would come back while they are being handled. */
    private void refuseShortVisibility(MappingSpec mapping) {
        var queue = queues.stream()
                .filter(each -> each.arn().equals(mapping.queueArn()))
                .findFirst()
                .orElseThrow();
        var function = functions.stream()
                .filter(each -> each.name().equals(mapping.functionName()))
                .findFirst()
                .orElseThrow();
        if (queue.visibilityTimeout().compareTo(function.timeout()) < 0) {
            throw new TemplateException(
                    "queue %s: its visibility timeout of %d seconds is less than the timeout of %d seconds of function %s"
                            .formatted(
                                    queue.name(),
                                    queue.visibilityTimeout().toSeconds(),
                                    function.timeout().toSeconds(),
                                    function.name()));
        }
    }

    private static void require(boolean known, String where, String what) {
        if (!known)
            throw new TemplateException("%s: refers to %s, which the template does not have".formatted(where, what));
    }

    private static void refuseMissing(String logicalId, JsonNode dependsOn, JsonNode resources) {
        var all = new ArrayList<String>();
        if (dependsOn.isTextual()) all.add(dependsOn.asText());
        dependsOn.forEach(each -> all.add(each.asText()));
        for (var each : all) require(resources.has(each), logicalId, each);
    }

    private static void refuseUnknown(String where, String kind, JsonNode object, Set<String> known) {
        for (var field : object.properties()) {
            if (!known.contains(field.getKey())) {
                throw new TemplateException("%s: the %s %s is not supported".formatted(where, kind, field.getKey()));
            }
        }
    }
}
