package dev.certtide.benchmarks.probe;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * How much is measured.
 *
 * @param chains which of the chains
 * @param rounds how many, each of all clients one after the other
 * @param checks per round
 * @param warmUp checks before the first round, of each chain, new and unchanged
 * @param distantChecks checks at a distance
 * @param profileAll whether the profile of everything is printed, or only of what misses its target
 */
record Plan(List<Chain> chains, int rounds, int checks, int warmUp, int distantChecks, boolean profileAll) {
    static final int IN_FLIGHT = 64;
    static final int DISTANT_IN_FLIGHT = 1_000;
    static final int ROUND_TRIP_MILLIS = 200;
    static final int OPENSSL_SECONDS = 3;

    /** One fresh intermediate for so many leaves; the yardstick's number. */
    private static final int LEAVES_PER_INTERMEDIATE = 16;

    private static final Plan STANDARD = new Plan(List.of(Chain.values()), 5, 2_500, 6_000, 10_000, false);

    /**
     * Reads {@code --rounds=5 --checks=2500 --warm-up=6000 --distant=10000 --chains=p256,rsa --profile}, in any order.
     *
     * @throws IllegalArgumentException if there is anything else
     */
    static Plan of(String... arguments) {
        Plan plan = STANDARD;
        for (String argument : arguments) {
            String[] option = argument.split("=", 2);
            plan = option.length == 1 ? plan.with(option[0], "") : plan.with(option[0], option[1]);
        }
        return plan;
    }

    private Plan with(String option, String value) {
        return switch (option) {
            case "--rounds" -> new Plan(chains, number(value), checks, warmUp, distantChecks, profileAll);
            case "--checks" -> new Plan(chains, rounds, number(value), warmUp, distantChecks, profileAll);
            case "--warm-up" -> new Plan(chains, rounds, checks, number(value), distantChecks, profileAll);
            case "--distant" -> new Plan(chains, rounds, checks, warmUp, number(value), profileAll);
            case "--chains" ->
                new Plan(
                        Arrays.stream(value.split(",")).map(Plan::chain).toList(),
                        rounds,
                        checks,
                        warmUp,
                        distantChecks,
                        profileAll);
            case "--profile" -> new Plan(chains, rounds, checks, warmUp, distantChecks, true);
            default ->
                throw new IllegalArgumentException(option + " is none of --rounds=N, --checks=N, --warm-up=N,"
                        + " --distant=N, --chains=p256,letsencrypt,rsa, --profile");
        };
    }

    private static int number(String value) {
        int number = Integer.parseInt(value);
        if (number < 1) {
            throw new IllegalArgumentException(value + " is not at least 1");
        }
        return number;
    }

    private static Chain chain(String id) {
        return Arrays.stream(Chain.values())
                .filter(chain -> chain.id().equals(id.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(id + " is no chain: p256, letsencrypt, rsa"));
    }

    /** The new leaf from which on none has been used near by: warm-up, rounds, and a profile come before. */
    int firstDistant() {
        return warmUp + (rounds + 1) * checks;
    }

    /** How many checks there are with a new intermediate, per round: few, since a strong root signs slowly. */
    int freshChecks() {
        return Math.max(1, leaves() / LEAVES_PER_INTERMEDIATE / rounds);
    }

    /** How many leaves have to be issued for each chain. */
    int leaves() {
        int used = firstDistant() + distantWarmUp() + distantChecks;
        return used + used / (LEAVES_PER_INTERMEDIATE - 1) + LEAVES_PER_INTERMEDIATE;
    }

    int distantWarmUp() {
        return Math.max(DISTANT_IN_FLIGHT, distantChecks / 5);
    }
}
