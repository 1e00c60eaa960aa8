package dev.certtide.notifier;

import dev.certtide.model.Channel;
import dev.certtide.model.InvalidInputException;

/** Every way to tell somebody something; the compiler sees to it that no channel is without. */
record Senders(
        Sender<Channel.Email> mail,
        Sender<Channel.Webhook> webhooks,
        Sender<Channel.Sms> sms,
        Sender<Channel.Slack> slack,
        Sender<Channel.Teams> teams,
        Sender<Channel.PagerDuty> pagerDuty,
        Sender<Channel.Telegram> telegram,
        Sender<Channel.Messenger> messenger) {
    /** Sends over the notification's channel. */
    Outcome send(Notice notice) {
        try {
            return switch (notice.notification().channel()) {
                case Channel.Email channel -> mail.send(notice, channel);
                case Channel.Webhook channel -> webhooks.send(notice, channel);
                case Channel.Sms channel -> sms.send(notice, channel);
                case Channel.Slack channel -> slack.send(notice, channel);
                case Channel.Teams channel -> teams.send(notice, channel);
                case Channel.PagerDuty channel -> pagerDuty.send(notice, channel);
                case Channel.Telegram channel -> telegram.send(notice, channel);
                case Channel.Messenger channel -> messenger.send(notice, channel);
            };
        } catch (InvalidInputException unusable) {
            return new Outcome.Permanent(unusable.field().isEmpty() ? "channel" : unusable.field(), unusable.problem());
        }
    }
}
