package dev.certtide.rules;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Holds the arrows between the modules true, as {@code docs/architecture.md} draws them. */
@AnalyzeClasses(packages = "dev.certtide", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String MODEL = "dev.certtide.model..";
    private static final String PROBE = "dev.certtide.probe..";
    private static final String FARM = "dev.certtide.farm..";
    private static final String KIT = "dev.certtide.kit..";
    private static final String LOCAL = "dev.certtide.local..";
    private static final String INFRA = "dev.certtide.infra..";
    private static final String CLI = "dev.certtide.cli..";
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

    @ArchTest
    static final ArchRule theModelKnowsNothingOfAwsNorOfAnyOtherModule = noClasses()
            .that()
            .resideInAPackage(MODEL)
            .should()
            .dependOnClassesThat(resideInAnyPackage(AWS)
                    .or(resideInAPackage("dev.certtide..").and(resideInAPackage(MODEL).negate())))
            .as("shared-model holds words, and depends on no other module and nothing of AWS");

    @ArchTest
    static final ArchRule theProbeKnowsNothingOfAws = noClasses()
            .that()
            .resideInAPackage(PROBE)
            .should()
            .dependOnClassesThat(resideInAnyPackage(AWS)
                    .or(resideInAPackage("dev.certtide..")
                            .and(resideInAnyPackage(MODEL, PROBE).negate())));

    @ArchTest
    static final ArchRule theFarmStandsAlone = noClasses()
            .that()
            .resideInAPackage(FARM)
            .should()
            .dependOnClassesThat(
                    resideInAPackage("dev.certtide..").and(resideInAPackage(FARM).negate()));

    @ArchTest
    static final ArchRule theKitKnowsNoFunction = noClasses()
            .that()
            .resideInAPackage(KIT)
            .should()
            .dependOnClassesThat(resideInAPackage("dev.certtide..")
                    .and(resideInAnyPackage(MODEL, KIT).negate()));

    @ArchTest
    static final ArchRule onlyTheCheckerUsesTheProbe = noClasses()
            .that()
            .resideInAnyPackage(FUNCTIONS)
            .and()
            .resideOutsideOfPackage("dev.certtide.checker..")
            .should()
            .dependOnClassesThat(resideInAPackage(PROBE));

    @ArchTest
    static final ArchRule functionsKnowNothingOfWhatRunsThem = noClasses()
            .that()
            .resideInAnyPackage(FUNCTIONS)
            .should()
            .dependOnClassesThat(resideInAnyPackage(LOCAL, INFRA, CLI, FARM));

    @ArchTest
    static final ArchRule localCloudKnowsNoCodeThatItRuns = noClasses()
            .that()
            .resideInAPackage(LOCAL)
            .should()
            .dependOnClassesThat(resideInAPackage("dev.certtide..")
                    .and(resideInAPackage(LOCAL).negate()))
            .as("local-cloud runs whatever template it is given, and knows no code of Certtide by name");

    @ArchTest
    static final ArchRule theStackKnowsNoCodeThatItDeploys = noClasses()
            .that()
            .resideInAPackage(INFRA)
            .should()
            .dependOnClassesThat(resideInAPackage("dev.certtide..")
                    .and(resideInAPackage(INFRA).negate()));

    @ArchTest
    static final ArchRule namesSayWhatAThingIs = noClasses()
            .should()
            .haveNameMatching(".*(Manager|Helper|Utils?|Impl|Service)")
            .as("Names are the field's: no Manager, Helper, Util, Impl, Service");

    @ArchTest
    static final ArchRule timeComesFromAClock = noClasses()
            .that()
            .resideInAnyPackage(FUNCTIONS)
            .or()
            .resideInAnyPackage(KIT, PROBE)
            .should()
            .callMethodWhere(com.tngtech.archunit.core.domain.JavaCall.Predicates.target(
                            nameMatching("now|currentTimeMillis"))
                    .and(com.tngtech.archunit.core.domain.JavaCall.Predicates.target(
                            com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner(
                                    nameMatching("java\\.(time\\..*|lang\\.System)")))))
            .as("decisions take the time from an InstantSource, so that a test can turn it");

    @ArchTest
    static final ArchRule nobodySleeps = noClasses()
            .should()
            .callMethod(Thread.class, "sleep", long.class)
            .orShould()
            .callMethod(Thread.class, "sleep", java.time.Duration.class);

    /** A function's own packages, from the other functions' side. */
    @ArchTest
    static void functionsDoNotKnowEachOther(com.tngtech.archunit.core.domain.JavaClasses classes) {
        for (var function : FUNCTIONS) {
            var others = java.util.Arrays.stream(FUNCTIONS)
                    .filter(other -> !other.equals(function))
                    .toArray(String[]::new);
            noClasses()
                    .that()
                    .resideInAPackage(function)
                    .should()
                    .dependOnClassesThat(resideInAnyPackage(others))
                    .check(classes);
        }
    }

    @ArchTest
    static final ArchRule nothingIsPrintedButByCommandsAndLogs = noMethods()
            .that()
            .areDeclaredInClassesThat()
            .resideInAnyPackage(MODEL, PROBE, FARM, LOCAL)
            .should(com.tngtech.archunit.lang.conditions.ArchConditions.accessField(System.class, "out"));
}
