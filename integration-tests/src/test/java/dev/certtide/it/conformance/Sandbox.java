package dev.certtide.it.conformance;

import dev.certtide.it.stack.Stack;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** Queues and topics of a test's own, beside those of the stack, on whichever engine. */
record Sandbox(Stack stack) {
    SnsClient sns() {
        return stack.sns();
    }

    SqsClient sqs() {
        return stack.sqs();
    }

    DynamoDbClient dynamoDb() {
        return stack.dynamoDb();
    }

    String newTopic() {
        return sns().createTopic(request -> request.name("t-" + UUID.randomUUID()))
                .topicArn();
    }

    String newQueue() {
        return newQueue(Map.of());
    }

    String newQueue(Map<QueueAttributeName, String> attributes) {
        return sqs().createQueue(
                        request -> request.queueName("q-" + UUID.randomUUID()).attributes(attributes))
                .queueUrl();
    }

    String arnOf(String queueUrl) {
        return attribute(queueUrl, QueueAttributeName.QUEUE_ARN);
    }

    String attribute(String queueUrl, QueueAttributeName name) {
        return sqs().getQueueAttributes(request -> request.queueUrl(queueUrl).attributeNames(name))
                .attributes()
                .get(name);
    }

    /** Receives that many messages, waiting for them, and whatever else is there then. */
    List<Message> receive(String queueUrl, int expected) {
        var all = new ArrayList<Message>();
        List<Message> some;
        do {
            some = sqs().receiveMessage(request -> request.queueUrl(queueUrl)
                            .maxNumberOfMessages(10)
                            .waitTimeSeconds(all.size() < expected ? 10 : 0)
                            .messageAttributeNames("All")
                            .messageSystemAttributeNamesWithStrings("All"))
                    .messages();
            all.addAll(some);
        } while (!some.isEmpty());
        return all;
    }

    List<String> bodies(String queueUrl, int expected) {
        return receive(queueUrl, expected).stream().map(Message::body).sorted().toList();
    }
}
