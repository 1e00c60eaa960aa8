package dev.certtide.cli;

import dev.certtide.model.CheckResult;
import dev.certtide.model.Owner;
import dev.certtide.model.Target;
import dev.certtide.model.Watch;
import dev.certtide.model.incident.Incident;
import dev.certtide.model.incident.Standing;
import dev.certtide.model.policy.Policy;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * All that is known of why owners were told something about a target, or were not.
 *
 * @param target which
 * @param latest the latest result that was written down
 * @param lastChecked when it was really checked last
 * @param standing how it stands as far as that is certain, if it ever was in trouble
 * @param asked of whom it was asked, if not of everybody
 * @param owners everybody whom it concerns or concerned
 */
record TargetStory(
        Target target,
        Optional<CheckResult> latest,
        Optional<Instant> lastChecked,
        Optional<Standing> standing,
        Optional<Owner> asked,
        List<Part> owners) {
    TargetStory {
        owners = List.copyOf(owners);
    }

    /**
     * What concerns one owner.
     *
     * @param watch what is watched for the owner, if anything still is
     * @param changedAt when that was asked for last; since a removal, if there is no watch
     * @param policy what counts for this owner and target
     * @param chapters the incidents that the target takes part in, or did
     */
    record Part(
            Owner owner, Optional<Watch> watch, Optional<Instant> changedAt, Policy policy, List<Chapter> chapters) {
        Part {
            chapters = List.copyOf(chapters);
        }

        boolean isTrouble() {
            return chapters.stream().anyMatch(chapter -> chapter.newest().isOpen());
        }
    }

    /**
     * The incidents of one cause.
     *
     * @param newest the last of them
     * @param story of all of them, in the order of time
     */
    record Chapter(Incident newest, List<Happening> story) {
        Chapter {
            story = List.copyOf(story);
        }
    }
}
