package dev.certtide.kit;

import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.certtide.kit.engine.memory.MemoryDynamoDb;
import dev.certtide.kit.engine.memory.MemorySqs;
import dev.certtide.kit.engine.memory.Mischief;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AwsClientsTest {
    private static final Map<String, String> VARIABLES = Map.of(
            "AWS_REGION", "us-east-1",
            "AWS_ACCESS_KEY_ID", "local",
            "AWS_SECRET_ACCESS_KEY", "local-s3cret",
            "AWS_ENDPOINT_URL", "http://127.0.0.1:9");

    private final MemoryDynamoDb dynamoDb = new MemoryDynamoDb(InstantSource.system());
    private final MemorySqs sqs = new MemorySqs(InstantSource.system(), Mischief.none());

    @Test
    void aFunctionUsesTheClientsThatItsMakerLends() {
        var kit = AwsClients.lend(dynamoDb, sqs, () -> FunctionKit.of(VARIABLES, InstantSource.system()));
        assertSame(dynamoDb, kit.aws().dynamoDb(), "though it asks for them later");
        assertSame(sqs, kit.aws().sqs());
    }

    @Test
    void aFunctionThatIsMadeWithoutHasItsOwn() {
        AwsClients.lend(dynamoDb, sqs, () -> FunctionKit.of(VARIABLES, InstantSource.system()));
        var kit = FunctionKit.of(VARIABLES, InstantSource.system());
        assertNotSame(dynamoDb, kit.aws().dynamoDb());
        assertNotSame(sqs, kit.aws().sqs());
    }
}
