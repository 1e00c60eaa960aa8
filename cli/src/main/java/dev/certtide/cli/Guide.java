package dev.certtide.cli;

import java.net.URI;
import java.util.Map;

/** Tells somebody who has just started the stack what to do with it. */
final class Guide {
    private Guide() {}

    static String of(URI endpoint, String region, Map<String, String> outputs) {
        var topic = outputs.get("NewUrlTopicArn");
        return """
                endpoint    %1$s
                new_url     %2$s
                ssl_result  %3$s

                Publish from any backend; with these variables its AWS SDK finds this machine:
                  export AWS_ENDPOINT_URL=%1$s AWS_REGION=%4$s AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test

                  aws sns publish --topic-arn %2$s --message '{"url": "https://example.com", "owner": "42"}'
                  Ruby:    Aws::SNS::Client.new.publish(topic_arn: "%2$s", message: {url: "https://example.com", owner: 42}.to_json)
                  Python:  boto3.client("sns").publish(TopicArn="%2$s", Message=json.dumps({"url": "https://example.com", "owner": 42}))

                Then look:  ./certtide status

                """.formatted(endpoint, topic, outputs.get("SslResultTopicArn"), region);
    }
}
