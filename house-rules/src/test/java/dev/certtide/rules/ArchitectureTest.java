package dev.certtide.rules;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Stream;
import javax.net.ssl.TrustManager;

/** Holds the arrows between the modules true, as {@code docs/architecture.md} draws them. */
@AnalyzeClasses(packages = "dev.certtide", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String MODEL = "dev.certtide.model..";
    private static final String PROBE = "dev.certtide.probe..";
    private static final String FARM = "dev.certtide.farm..";
    private static final String KIT = "dev.certtide.kit..";
    private static final String WEBHOOKS = "dev.certtide.webhook..";
    private static final String LOCAL = "dev.certtide.local..";
    private static final String INFRA = "dev.certtide.infra..";
    private static final String[] FUNCTIONS = {
        "dev.certtide.registry..",
        "dev.certtide.checker..",
        "dev.certtide.customers..",
        "dev.certtide.recheck..",
        "dev.certtide.stats..",
        "dev.certtide.failures..",
        "dev.certtide.notifier.."
    };
    private static final String[] AWS = {"software.amazon..", "com.amazonaws.."};

    /** Code of ours outside these packages. */
    private static DescribedPredicate<JavaClass> ourCodeBut(String... packages) {
        return resideInAPackage("dev.certtide..").and(not(resideInAnyPackage(packages)));
    }

    private static ArchRule knowsOnly(String module, String... others) {
        var known = Stream.concat(Stream.of(module), Arrays.stream(others)).toArray(String[]::new);
        return noClasses().that().resideInAPackage(module).should().dependOnClassesThat(ourCodeBut(known));
    }

    private static ArchRule knowsNothingOfAws(String module) {
        return noClasses().that().resideInAPackage(module).should().dependOnClassesThat(resideInAnyPackage(AWS));
    }

    @ArchTest
    static final ArchRule theModelKnowsNoOtherModule = knowsOnly(MODEL);

    @ArchTest
    static final ArchRule theModelKnowsNothingOfAws = knowsNothingOfAws(MODEL);

    @ArchTest
    static final ArchRule theProbeKnowsTheModelOnly = knowsOnly(PROBE, MODEL);

    @ArchTest
    static final ArchRule theProbeKnowsNothingOfAws = knowsNothingOfAws(PROBE);

    @ArchTest
    static final ArchRule theFarmStandsAlone = knowsOnly(FARM);

    @ArchTest
    static final ArchRule theKitKnowsTheModelOnly = knowsOnly(KIT, MODEL);

    @ArchTest
    static final ArchRule webhooksKnowTheModelOnly = knowsOnly(WEBHOOKS, MODEL);

    @ArchTest
    static final ArchRule webhooksKnowNothingOfAws = knowsNothingOfAws(WEBHOOKS);

    @ArchTest
    static final ArchRule theCheckerKnowsTheProbe = knowsOnly("dev.certtide.checker..", KIT, MODEL, PROBE);

    @ArchTest
    static void theOtherFunctionsKnowTheKitWebhooksAndTheModelOnly(JavaClasses classes) {
        Arrays.stream(FUNCTIONS)
                .filter(function -> !function.startsWith("dev.certtide.checker"))
                .forEach(function -> knowsOnly(function, KIT, WEBHOOKS, MODEL).check(classes));
    }

    @ArchTest
    static final ArchRule localCloudKnowsNoCodeThatItRuns = knowsOnly(LOCAL);

    @ArchTest
    static final ArchRule theStackKnowsNoCodeThatItDeploys = knowsOnly(INFRA);

    @ArchTest
    static final ArchRule namesSayWhatAThingIs = noClasses()
            .that()
            .areNotAssignableTo(TrustManager.class) // JSSE's own term
            .should()
            .haveNameMatching(".*(Manager|Helper|Utils?|Impl|Service)")
            .as("Names are the field's: no Manager, Helper, Util, Impl, Service");

    @ArchTest
    static final ArchRule timeComesFromAClock = noClasses()
            .that()
            .resideInAnyPackage(FUNCTIONS)
            .or()
            .resideInAnyPackage(KIT, WEBHOOKS, PROBE)
            .should()
            .callMethodWhere(target(nameMatching("now|currentTimeMillis"))
                    .and(target(With.owner(nameMatching("java\\.(time\\..*|lang\\.System)")))))
            .as("decisions take the time from an InstantSource, so that a test can turn it");

    @ArchTest
    static final ArchRule nobodySleeps = noClasses()
            .should()
            .callMethod(Thread.class, "sleep", long.class)
            .orShould()
            .callMethod(Thread.class, "sleep", Duration.class);
}
