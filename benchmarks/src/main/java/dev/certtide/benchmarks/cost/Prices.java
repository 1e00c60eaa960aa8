package dev.certtide.benchmarks.cost;

import dev.certtide.local.meter.Charge;
import java.time.YearMonth;
import java.util.Map;

/**
 * What AWS asks for, on demand and without free tiers, discounts or taxes.
 *
 * @param asOf when these were the prices
 * @param region where
 * @param dollars of one unit of each charge
 */
record Prices(YearMonth asOf, String region, Map<Charge, Double> dollars) {
    private static final double MILLION = 1e6;

    /** The public price lists: Lambda on arm64, DynamoDB tables of the standard class. */
    static final Prices US_EAST_1 = new Prices(
            YearMonth.of(2026, 11),
            "us-east-1",
            Map.of(
                    Charge.SNS_REQUESTS, 0.50 / MILLION,
                    Charge.SQS_REQUESTS, 0.40 / MILLION,
                    Charge.READ_UNITS, 0.125 / MILLION,
                    Charge.WRITE_UNITS, 0.625 / MILLION,
                    Charge.LAMBDA_REQUESTS, 0.20 / MILLION,
                    Charge.LAMBDA_GB_SECONDS, 13.3334 / MILLION,
                    Charge.LOG_BYTES, 0.50 / (1024.0 * 1024 * 1024)));

    /**
     * What an event source mapping costs that has nothing to do: Lambda keeps five long polls of 20 s waiting at each
     * queue ("Using Lambda with Amazon SQS").
     */
    double dollarsOfIdleQueuePerDay() {
        return 5 * (86_400 / 20.0) * dollars.get(Charge.SQS_REQUESTS);
    }

    double of(Charge charge, double amount) {
        return dollars.getOrDefault(charge, 0.0) * amount;
    }
}
