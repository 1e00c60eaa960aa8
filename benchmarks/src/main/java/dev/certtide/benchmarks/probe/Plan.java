package dev.certtide.benchmarks.probe;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How much is measured.
 *
 * @param chains which of the chains
 * @param rounds how many, each of all clients one after the other
 * @param checks per round
 * @param warmUp checks before the first round with new leaves, of each chain
 * @param distantChecks checks at a distance, per round
 * @param jvmFlags of Certtide's client, besides {@link Laboratory#JVM_FLAGS}
 * @param profileAll whether the profile of everything is printed, or only of what misses its target
 */
record Plan(
        List<Chain> chains,
        int rounds,
        int checks,
        int warmUp,
        int distantChecks,
        List<String> jvmFlags,
        boolean profileAll) {
    static final int IN_FLIGHT = 64;
    static final int DISTANT_IN_FLIGHT = 1_000;
    static final int DISTANT_ROUNDS = 3;
    static final int ROUND_TRIP_MILLIS = 200;
    static final int OPENSSL_SECONDS = 3;

    /** One fresh intermediate for so many leaves; the yardstick's number. */
    private static final int LEAVES_PER_INTERMEDIATE = 16;

    private static final Set<String> OPTIONS =
            Set.of("--chains", "--rounds", "--checks", "--warm-up", "--distant", "--jvm", "--profile");

    /**
     * Reads {@code --chains=p256,letsencrypt,rsa --rounds=5 --checks=2500 --warm-up=10000 --distant=10000 --jvm=FLAG
     * --profile}, in any order, all optional.
     *
     * @throws IllegalArgumentException if there is anything else
     */
    static Plan of(String... arguments) {
        Map<String, List<String>> options = Arrays.stream(arguments)
                .map(argument -> (argument + "=").split("=", 2))
                .collect(groupingBy(option -> option[0], mapping(Plan::value, toList())));
        if (!OPTIONS.containsAll(options.keySet())) {
            throw new IllegalArgumentException(options.keySet() + " are not all among " + OPTIONS);
        }
        return new Plan(
                options.containsKey("--chains")
                        ? Arrays.stream(options.get("--chains").getLast().split(","))
                                .map(Plan::chain)
                                .toList()
                        : List.of(Chain.values()),
                number(options, "--rounds", 5),
                number(options, "--checks", 2_500),
                number(options, "--warm-up", 10_000),
                number(options, "--distant", 10_000),
                options.getOrDefault("--jvm", List.of()),
                options.containsKey("--profile"));
    }

    /** What stands between the first equals sign and the one that was put at the end. */
    private static String value(String... option) {
        return option[1].replaceFirst("=$", "");
    }

    private static int number(Map<String, List<String>> options, String option, int otherwise) {
        if (!options.containsKey(option)) {
            return otherwise;
        }
        int number = Integer.parseInt(options.get(option).getLast());
        if (number < 1) {
            throw new IllegalArgumentException(option + " is at least 1, not " + number);
        }
        return number;
    }

    private static Chain chain(String id) {
        return Arrays.stream(Chain.values())
                .filter(chain -> chain.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(id + " is no chain: p256, letsencrypt, rsa"));
    }

    /** The compiler takes its time; unchanged leaves cost least, so most of its warming up is done with them. */
    int warmUp(Setting.Leaves leaves) {
        return leaves == Setting.Leaves.UNCHANGED ? 3 * warmUp : warmUp;
    }

    /** The new leaf from which on none has been used near by: warm-up, rounds, and a profile's two come before. */
    int firstDistant() {
        return warmUp + (rounds + 2) * checks;
    }

    /** How many checks there are with a new intermediate, per round: few, since a strong root signs slowly. */
    int freshChecks() {
        return Math.max(1, leaves() / LEAVES_PER_INTERMEDIATE / rounds);
    }

    /** How many leaves have to be issued for each chain. */
    int leaves() {
        int used = firstDistant() + distantWarmUp() + DISTANT_ROUNDS * distantChecks;
        return used + used / (LEAVES_PER_INTERMEDIATE - 1) + LEAVES_PER_INTERMEDIATE;
    }

    int distantWarmUp() {
        return Math.max(DISTANT_IN_FLIGHT, distantChecks / 5);
    }
}
