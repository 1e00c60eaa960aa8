package dev.certtide.infra;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.DefaultStackSynthesizer;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.services.events.Rule;
import software.amazon.awscdk.services.events.Schedule;
import software.amazon.awscdk.services.events.targets.LambdaFunction;
import software.amazon.awscdk.services.ssm.StringParameter;
import software.constructs.Construct;

/**
 * Certtide in one account and region. Read the constructor next to the picture in {@code docs/architecture.md}: what
 * stands on the left there comes first here.
 */
final class CerttideStack extends Stack {
    /** Two, so that a minute that runs late does not throttle the next one. */
    private static final int RECHECKS_AT_ONCE = 2;

    private final Deployment deployment;
    private final Alarms alarms;
    private final Optional<Canary> canary;

    CerttideStack(Construct app, Deployment deployment) {
        super(app, "Certtide-" + deployment.stage().id(), properties(deployment.stage()));
        this.deployment = deployment;
        this.alarms = new Alarms(this, deployment);
        this.canary = stage().canary() ? Optional.of(new Canary(this)) : Optional.empty();

        var newUrl = new EventTopic(this, "NewUrl", "new_url", deployment.publisherAccounts());
        var sslResult = new EventTopic(this, "SslResult", "ssl_result", List.of());

        // It holds secrets. What expires in it are removed watches.
        var config = ItemTable.expiringWithKey(this, "Config")
                .withIndex("due", "due", "dueKey")
                .withKeyIndex("owner", "owner", "pk");
        var dedup = ItemTable.expiring(this, "Dedup");
        var results = ItemTable.expiring(this, "Results");
        var marketing = ItemTable.lasting(this, "Marketing");

        // A message may hold thousands of events.
        var urlRegistry = function("UrlRegistry", "url-registry", "registry.UrlRegistryHandler", 30, 512)
                .writes(config)
                .readsIndex(config, "owner")
                .writes(dedup)
                .reads(results)
                .isTold(deployment.ownerLimits());
        // Its claims last 40 s as the notifier's do: it may have a CRM to tell.
        var newCustomers = function("NewCustomers", "new-customers", "customers.NewCustomersHandler", 30, 512)
                .writes(marketing)
                .readsOnly(config, "SECRET##crm");
        // What the schedule knows of a target, the private roots that it is checked by, and the stored public ones.
        var sslChecker = function("SslChecker", "ssl-checker", "checker.SslCheckerHandler", 60, 1024)
                .readsOnlyBeginning(config, "TARGET#", "ROOTS#")
                .writes(dedup)
                .publishes(sslResult, "SSL_RESULT_TOPIC_ARN")
                .loadsNativeLibraries();
        var recheck = function("Recheck", "recheck", "recheck.RecheckHandler", 60, 512)
                .reads(config)
                .readsIndex(config, "due")
                .deletes(config, "TIMER#")
                .writes(dedup);
        var sslStats = function("SslStats", "ssl-stats", "stats.SslStatsHandler", 30, 512)
                .writes(results)
                .writes(config)
                .worksSideBySide();
        var sslFailures = function("SslFailures", "ssl-failures", "failures.SslFailuresHandler", 30, 512)
                .writes(results)
                .writes(config)
                .writes(dedup);
        // Its claims last 40 s: longer than it may run.
        var notifier = function("Notifier", "notifier", "notifier.NotifierHandler", 30, 512)
                .reads(config)
                .writes(dedup)
                .writes(results)
                .sendsTextMessages();
        deployment.sesIdentity().ifPresent(notifier::sendsMailFrom);

        // They lie in the same table; the notifier reads them, and new-customers that of the CRM.
        Stream.of(urlRegistry, sslChecker, recheck, sslStats, sslFailures)
                .forEach(function -> function.withoutSecretsOf(config));
        // Who reads what strangers write does not say whom everybody trusts.
        Stream.of(urlRegistry, recheck, sslStats, sslFailures)
                .forEach(function -> function.neverWrites(config, "ROOTS##public"));

        var promptly = Batching.promptly(10);
        // Somebody's webhook may be away for a day; the notifier itself says when to try again and when to give up.
        var patiently = Batching.promptly(5).ofAttempts(40);
        // Marketing can wait a few seconds, and then writes many customers at once.
        var leisurely = Batching.promptly(2).ofSize(100).waiting(Duration.ofSeconds(5));
        queue("UrlRegistryQueue", "url-registry", urlRegistry, promptly).subscribedTo(newUrl);
        queue("NewCustomersQueue", "new-customers", newCustomers, leisurely).subscribedTo(newUrl);
        var newUrls = queue("SslCheckerQueue", "ssl-checker", sslChecker, Batching.promptly(50))
                .subscribedTo(newUrl);
        var rechecks = recheckQueue(sslChecker);
        queue("SslStatsQueue", "ssl-stats", sslStats, promptly).subscribedTo(sslResult);
        var failures = queue("SslFailuresQueue", "ssl-failures", sslFailures, promptly)
                .subscribedTo(sslResult, "attention", "yes");
        var notifications = queue("NotificationsQueue", "notifications", notifier, patiently);
        // A channel that can't be used now: what it was to tell goes by the next one.
        notifier.sendsTo(notifications.queue(), "NOTIFICATIONS_QUEUE_URL");

        urlRegistry.sendsTo(failures.queue(), "SSL_FAILURES_QUEUE_URL");
        recheck.sendsTo(rechecks.queue(), "RECHECK_QUEUE_URL");
        // What there was no time for; new URLs don't wait behind re-checks.
        sslChecker.sendsTo(rechecks.queue(), "RECHECK_QUEUE_URL");
        sslChecker.sendsTo(newUrls.queue(), "NEW_URL_QUEUE_URL");
        recheck.sendsTo(failures.queue(), "SSL_FAILURES_QUEUE_URL");
        sslFailures.sendsTo(notifications.queue(), "NOTIFICATIONS_QUEUE_URL");
        // What is uncertain is looked at again.
        sslFailures.sendsTo(rechecks.queue(), "RECHECK_QUEUE_URL");

        everyMinute(recheck);

        publish("NewUrlTopicArn", "new-url-topic-arn", newUrl.arn());
        publish("SslResultTopicArn", "ssl-result-topic-arn", sslResult.arn());
        publish("ConfigTable", "config-table", config.physicalName());
        publish("DedupTable", "dedup-table", dedup.physicalName());
        publish("ResultsTable", "results-table", results.physicalName());
        publish("MarketingTable", "marketing-table", marketing.physicalName());
        publish(
                "NotificationsQueueUrl",
                "notifications-queue-url",
                notifications.queue().getQueueUrl());
        publish(
                "SslFailuresQueueUrl",
                "ssl-failures-queue-url",
                failures.queue().getQueueUrl());
    }

    Stage stage() {
        return deployment.stage();
    }

    Deployment deployment() {
        return deployment;
    }

    Alarms alarms() {
        return alarms;
    }

    Optional<Canary> canary() {
        return canary;
    }

    private JavaFunction function(String id, String name, String handler, int timeoutSeconds, int memory) {
        return new JavaFunction(this, id, name, "dev.certtide." + handler, Duration.ofSeconds(timeoutSeconds), memory);
    }

    private WorkQueue queue(String id, String name, JavaFunction consumer, Batching batching) {
        return new WorkQueue(this, id, name, consumer, batching);
    }

    /**
     * New URLs never wait behind re-checks: these have a queue of their own and their own share of the checker. A message
     * is up to a hundred targets. Ten of them are worth a moment's wait: an invocation lasts as long as the slowest of its
     * targets, and that is paid for by the invocation.
     */
    private WorkQueue recheckQueue(JavaFunction sslChecker) {
        var batching = Batching.promptly(20).waiting(Duration.ofSeconds(2));
        return new WorkQueue(this, "RecheckQueue", "recheck", sslChecker, batching, "RECHECK_DEAD_LETTER_QUEUE_URL");
    }

    private void everyMinute(JavaFunction recheck) {
        recheck.reserve(RECHECKS_AT_ONCE);
        Rule.Builder.create(this, "EveryMinute")
                .ruleName(stage().physicalName("every-minute"))
                .description("Re-checks what is due in this minute")
                .schedule(Schedule.rate(CdkDuration.of(Duration.ofMinutes(1))))
                .targets(List.of(new LambdaFunction(recheck.live())))
                .build();
        alarms.onSilence(
                5,
                recheck.live().metricInvocations(Alarms.sum()),
                this,
                "RecheckSilent",
                "recheck-silent",
                "Nothing has been re-checked for five minutes: certificates expire unseen");
    }

    /** Tells a value to people (stack output) and to other stacks and backends (SSM parameter). */
    private void publish(String id, String parameter, String value) {
        CfnOutput.Builder.create(this, id).value(value).build();
        StringParameter.Builder.create(this, id + "Parameter")
                .parameterName(stage().parameterName(parameter))
                .stringValue(value)
                .build();
    }

    private static StackProps properties(Stage stage) {
        return StackProps.builder()
                .description("Certtide: watches TLS certificates (" + stage.id() + ")")
                .terminationProtection(stage.deletionProtected())
                .tags(Map.of("application", "certtide", "stage", stage.id()))
                .synthesizer(DefaultStackSynthesizer.Builder.create()
                        // No account, so nothing that the rule could look up; the template stays free of parameters.
                        .generateBootstrapVersionRule(stage != Stage.LOCAL)
                        .build())
                .build();
    }
}
