package dev.certtide.model.policy;

import dev.certtide.model.Channel;
import dev.certtide.model.InvalidInputException;
import dev.certtide.model.Required;
import java.util.List;

/**
 * Who else hears of trouble that nobody acknowledges.
 *
 * @param after how long after the first message that said how bad it has become
 * @param channels whom to tell then, 1 to {@link #MOST_CHANNELS}
 */
public record Escalation(Interval after, List<Channel> channels) {
    /** As many as a watch may have. */
    public static final int MOST_CHANNELS = 10;

    public Escalation {
        Required.field("after", after);
        channels = List.copyOf(Required.field("channels", channels));
        if (channels.isEmpty() || channels.size() > MOST_CHANNELS) {
            throw new InvalidInputException("channels", "must be 1 to " + MOST_CHANNELS);
        }
    }
}
