package dev.certtide.stats;

import dev.certtide.kit.engine.Engines;
import dev.certtide.kit.engine.LocalDynamoDb;
import dev.certtide.kit.engine.LocalSqs;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;

/** Tests of the function as it is deployed, with the shop on the schedule. */
@ExtendWith(Engines.class)
abstract class WithStats {
    DeployedStats stats;

    @BeforeEach
    void deployed(LocalDynamoDb dynamoDb, LocalSqs sqs) {
        stats = new DeployedStats(dynamoDb, sqs);
        stats.config.schedule(DeployedStats.SHOP);
    }

    @AfterEach
    void stop() {
        stats.close();
    }
}
