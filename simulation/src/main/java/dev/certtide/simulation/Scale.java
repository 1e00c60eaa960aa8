package dev.certtide.simulation;

import java.time.Duration;

/**
 * How large a simulation is.
 *
 * @param hosts how many
 * @param owners how many
 * @param watches how many hosts an owner watches at most
 * @param days for which something happens
 * @param trouble what goes wrong with the functions
 * @param wishes each wish is there once in so many times; the greatest number there is for none
 * @param people whether those who watch do anything
 */
record Scale(
        int hosts, int owners, int watches, Duration days, Deployment.Trouble trouble, int wishes, boolean people) {
    /** Ninety days of some hosts and owners, with all that can go wrong. */
    static final Scale USUAL = new Scale(6, 4, 4, Duration.ofDays(90), Deployment.Trouble.USUAL, 4, true);

    /** One host and one owner, and nothing goes wrong with the functions. */
    static final Scale THIN = new Scale(1, 1, 1, Duration.ofDays(90), Deployment.Trouble.NONE, 1_000_000, false);

    /** An owner with more than a hundred hosts, for some days. */
    static final Scale STORM = new Scale(120, 1, 120, Duration.ofDays(3), Deployment.Trouble.USUAL, 6, false);

    /** That of a seed: every so often one of another kind. */
    static Scale of(long seed) {
        return seed % 25 == 0 ? STORM : USUAL;
    }
}
