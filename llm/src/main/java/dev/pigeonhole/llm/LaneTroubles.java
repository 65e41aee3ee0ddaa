package dev.pigeonhole.llm;

import dev.pigeonhole.core.PauseReason;
import dev.pigeonhole.core.categorize.JobPausedException;
import java.util.List;
import java.util.Locale;

/** What the provider says when it does not take a batch, in terms of the job. Stateless. */
final class LaneTroubles {
    private static final String WITHOUT =
            "; resume the job with lane=sync (on the command line --lane sync) to ask without batches";

    private LaneTroubles() {}

    /** Whether no other request would fare better. */
    static boolean concernsAll(ChatRefusedException e) {
        return e.kind() == ChatRefusedException.Kind.KEY_REJECTED || e.kind() == ChatRefusedException.Kind.QUOTA;
    }

    static JobPausedException paused(ChatRefusedException e) {
        return switch (e.kind()) {
            case KEY_REJECTED ->
                new JobPausedException(
                        PauseReason.KEY_REJECTED, e.getMessage() + "; check the key, then resume the job", e);
            case QUOTA ->
                new JobPausedException(
                        PauseReason.QUOTA, e.getMessage() + "; add credit to the account, then resume the job", e);
            default ->
                new JobPausedException(
                        PauseReason.PROVIDER_UNAVAILABLE,
                        "the provider did not take a batch: " + e.getMessage() + WITHOUT,
                        e);
        };
    }

    /** A batch that was refused after it was taken. */
    static JobPausedException failed(BatchState state) {
        String why = state.errors().isEmpty() ? "no reason given" : String.join("; ", state.errors());
        boolean money = why.toLowerCase(Locale.ROOT).contains("billing");
        return new JobPausedException(
                money ? PauseReason.QUOTA : PauseReason.PROVIDER_UNAVAILABLE,
                "the provider refused batch " + state.id() + " as a whole: " + why + WITHOUT,
                null);
    }

    /** Whether the account has too many tokens under way for one more batch. */
    static boolean areTooManyTokens(List<String> errors) {
        return errors.stream()
                .map(error -> error.toLowerCase(Locale.ROOT).replace('_', ' '))
                .anyMatch(error -> error.contains("token limit") || error.contains("enqueued token"));
    }
}
