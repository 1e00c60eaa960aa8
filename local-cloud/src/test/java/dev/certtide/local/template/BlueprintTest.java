package dev.certtide.local.template;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a template means here, and that nothing in it is passed over. */
class BlueprintTest {
    private static final Place PLACE =
            new Place("Stack", "000000000000", "us-east-1", URI.create("http://localhost:4566"));

    @Test
    void referencesAreResolvedInAnyOrder() {
        var blueprint = read("""
                {"Resources": {
                  "Q": {"Type": "AWS::SQS::Queue", "Properties": {
                    "QueueName": {"Fn::Join": ["-", ["q", {"Fn::Select": [1, {"Fn::Split": [":", "a:b"]}]}]]},
                    "VisibilityTimeout": "45",
                    "RedrivePolicy": {"deadLetterTargetArn": {"Fn::GetAtt": "Dead.Arn"}, "maxReceiveCount": 3}}},
                  "Dead": {"Type": "AWS::SQS::Queue"}},
                 "Outputs": {"Url": {"Value": {"Ref": "Q"}},
                   "Text": {"Value": {"Fn::Sub": ["${AWS::Region} ${Q.QueueName} ${own} ${!literal}", {"own": {"Ref": "AWS::AccountId"}}]}}}}""");
        var queue = blueprint.queues().getFirst();
        assertEquals("q-b", queue.name());
        assertEquals(Duration.ofSeconds(45), queue.visibilityTimeout());
        assertEquals(
                "arn:aws:sqs:us-east-1:000000000000:Stack-Dead",
                queue.redrive().orElseThrow().deadLetterQueueArn());
        assertEquals(
                "http://localhost:4566/000000000000/q-b", blueprint.outputs().get("Url"));
        assertEquals(
                "us-east-1 q-b 000000000000 ${literal}", blueprint.outputs().get("Text"));
    }

    @Test
    void aResourceWhoseConditionDoesNotHoldIsLeftOut() {
        var blueprint = read("""
                {"Conditions": {"Elsewhere": {"Fn::Not": [{"Fn::Equals": [{"Ref": "AWS::Region"}, "us-east-1"]}]}},
                 "Resources": {"Q": {"Type": "AWS::SQS::Queue", "Condition": "Elsewhere"},
                   "P": {"Type": "AWS::SQS::Queue", "Properties": {"DelaySeconds": {"Fn::If": ["Elsewhere", 1, 2]}}}}}""");
        assertEquals(1, blueprint.queues().size());
        assertEquals(Duration.ofSeconds(2), blueprint.queues().getFirst().delay());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'Type':'AWS::S3::Bucket'}                                               | R: the resource type AWS::S3::Bucket is not supported",
                "{'Type':'AWS::SQS::Queue','Properties':{'FifoQueue':true}}               | R (AWS::SQS::Queue): property FifoQueue is not supported",
                "{'Type':'AWS::SQS::Queue','Properties':{'VisibilityTimeout':50000}}      | property VisibilityTimeout must be between 0 and 43200",
                "{'Type':'AWS::SQS::Queue','Properties':{'MessageRetentionPeriod':1}}     | property MessageRetentionPeriod must be between",
                "{'Type':'AWS::SQS::Queue','Properties':{'QueueName':{'Fn::ImportValue':'x'}}} | R.QueueName: the intrinsic function Fn::ImportValue",
                "{'Type':'AWS::SQS::Queue','Properties':{'QueueName':{'Ref':'Missing'}}}  | refers to Missing, which the template does not have",
                "{'Type':'AWS::SQS::Queue','Condition':'Nowhere'}                         | R: there is no condition Nowhere",
                "{'Type':'AWS::SQS::Queue','DependsOn':'Missing'}                         | R: refers to Missing",
                "{'Type':'AWS::SQS::Queue','CreationPolicy':{}}                           | R: the attribute CreationPolicy is not supported",
                "{'Type':'AWS::SQS::Queue','Properties':{'RedrivePolicy':{'deadLetterTargetArn':'x','maxReceiveCount':3,'odd':1}}} | property RedrivePolicy.odd is not supported",
                "{'Type':'AWS::IAM::Role','Properties':{'Colour':'blue'}}                 | R (AWS::IAM::Role): property Colour is not supported",
                "{'Type':'AWS::DynamoDB::Table','Properties':{'StreamSpecification':{}}}  | property StreamSpecification is not supported",
                "{'Type':'AWS::Events::Rule','Properties':{'ScheduleExpression':'rate(1 day)','EventPattern':{}}} | property EventPattern is not supported",
            })
    void whatIsNotKnownIsRefusedByName(String resource, String message) {
        var refused = assertThrows(
                TemplateException.class,
                () -> read("{\"Resources\":{\"R\":%s}}".formatted(resource.replace('\'', '"'))));
        assertTrue(refused.getMessage().contains(message), refused.getMessage());
    }

    @Test
    void aQueueMustHideMessagesForAsLongAsItsFunctionMayTake() {
        var refused = assertThrows(TemplateException.class, () -> read("""
                {"Resources": {"Q": {"Type": "AWS::SQS::Queue", "Properties": {"QueueName": "q", "VisibilityTimeout": 30}},
                  "F": {"Type": "AWS::Lambda::Function", "Properties": {"FunctionName": "f", "Runtime": "java25", "Handler": "H",
                        "Timeout": 31, "Code": {"S3Key": "k"}}},
                  "M": {"Type": "AWS::Lambda::EventSourceMapping", "Properties": {
                        "EventSourceArn": {"Fn::GetAtt": ["Q", "Arn"]}, "FunctionName": {"Ref": "F"}}}}}"""));
        assertEquals(
                "queue q: its visibility timeout of 30 seconds is less than the timeout of 31 seconds of function f",
                refused.getMessage());
    }

    @Test
    void anUnknownSectionIsRefused() {
        var refused =
                assertThrows(TemplateException.class, () -> read("{\"Transform\": \"AWS::Serverless-2016-10-31\"}"));
        assertEquals("the template: the section Transform is not supported", refused.getMessage());
    }

    @Test
    void aCircleOfReferencesIsRefused() {
        var refused = assertThrows(TemplateException.class, () -> read("""
                {"Resources": {"A": {"Type": "AWS::SQS::Queue", "Properties": {"QueueName": {"Ref": "B"}}},
                               "B": {"Type": "AWS::SQS::Queue", "Properties": {"QueueName": {"Ref": "A"}}}}}"""));
        assertTrue(refused.getMessage().startsWith("circular reference: ["), refused.getMessage());
    }

    private static Blueprint read(String template) {
        try {
            return Blueprint.read(new ObjectMapper().readTree(template), PLACE);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }
}
