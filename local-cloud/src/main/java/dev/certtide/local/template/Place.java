package dev.certtide.local.template;

import java.net.URI;

/**
 * Where a stack runs: what the pseudo parameters and the generated ARNs are made of.
 *
 * @param stackName name of the stack
 * @param accountId twelve digits
 * @param region an AWS region's name
 * @param endpoint the one endpoint of this cloud, without a trailing slash; queue URLs start with it
 */
public record Place(String stackName, String accountId, String region, URI endpoint) {

    /** {@code arn:aws:SERVICE:REGION:ACCOUNT:RESOURCE}. */
    public String arn(String service, String resource) {
        return "arn:aws:%s:%s:%s:%s".formatted(service, region, accountId, resource);
    }

    /** IAM is global: its ARNs have no region. */
    String iamArn(String resource) {
        return "arn:aws:iam::%s:%s".formatted(accountId, resource);
    }

    /** The URL under which clients know a queue. */
    public String queueUrl(String queueName) {
        return "%s/%s/%s".formatted(endpoint, accountId, queueName);
    }

    /** The last part of an ARN or of a queue URL: the resource's own name. */
    public static String nameOf(String arnOrUrl) {
        return arnOrUrl.substring(Math.max(arnOrUrl.lastIndexOf(':'), arnOrUrl.lastIndexOf('/')) + 1);
    }
}
