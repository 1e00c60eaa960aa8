package dev.certtide.local.meter;

/** What AWS bills by, in the units of its price lists. */
public enum Charge {
    /** API requests to SNS; every 64 KB of a payload is one ("Amazon SNS pricing"). Deliveries to SQS are free. */
    SNS_REQUESTS,
    /** API requests to SQS, also those of event source mappings; every 64 KB is one ("Amazon SQS pricing"). */
    SQS_REQUESTS,
    /**
     * Those among the requests to SQS that brought no message. An idle mapping on AWS waits for messages by several long
     * polls at once, this cloud's by one: what they cost is to be derived from the number of queues, not from here.
     */
    SQS_EMPTY_RECEIVES,
    /** Read request units, of a table or an index, of capacity on demand: 4 KB, half for eventual consistency. */
    READ_UNITS,
    /** Write request units, of a table or an index, of capacity on demand: 1 KB. */
    WRITE_UNITS,
    /** Invocations of functions. */
    LAMBDA_REQUESTS,
    /** Memory times duration, each begun millisecond. A machine's time, which is not Lambda's. */
    LAMBDA_GB_SECONDS,
    /** Bytes of log lines, with the 26 that CloudWatch Logs adds to each ("Amazon CloudWatch Logs quotas"). */
    LOG_BYTES
}
