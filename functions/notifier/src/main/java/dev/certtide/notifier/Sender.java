package dev.certtide.notifier;

import dev.certtide.model.Channel;

/**
 * Hands notices to one provider and judges its answer.
 *
 * @param <C> the channels that it serves
 */
@FunctionalInterface
interface Sender<C extends Channel> {
    /**
     * Sends once, without repeating anything, within 20 seconds or so.
     *
     * @throws dev.certtide.model.InvalidInputException when a setting is missing or wrong, which is as final as
     *     {@link Outcome.Permanent}
     * @throws software.amazon.awssdk.core.exception.SdkException when the settings can't be read
     */
    Outcome send(Notice notice, C channel);
}
