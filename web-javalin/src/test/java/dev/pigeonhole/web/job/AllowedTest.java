package dev.pigeonhole.web.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class AllowedTest {
    @ParameterizedTest(name = "{0} elsewhere={1} known={2} cancelled={3} unpublished={4} retryable={5}")
    @CsvSource({
        "QUEUED,                  false, true,  false, false, false, pause cancel download review again",
        "RUNNING,                 false, true,  false, false, false, pause cancel download review again",
        "RUNNING,                 false, true,  false, true,  true,  pause cancel download review again",
        "RUNNING,                 true,  true,  false, true,  true,  download review again",
        "RUNNING,                 true,  false, false, true,  true,  ''",
        "PAUSING,                 false, true,  false, false, false, cancel download review again",
        "PAUSED,                  false, true,  false, true,  true,  resume cancel download review again delete",
        "PAUSED,                  false, true,  true,  false, false, resume download review again delete",
        "PAUSED,                  false, false, false, true,  true,  delete",
        "INTERRUPTED,             false, true,  false, false, false, resume cancel download review again delete",
        "FAILED,                  false, true,  false, false, false, resume cancel download review again delete",
        "COMPLETED,               false, true,  false, false, false, download review again delete",
        "COMPLETED,               false, true,  false, true,  false, publish download review again delete",
        "COMPLETED,               false, true,  false, false, true,  download review again delete",
        "COMPLETED,               false, false, false, true,  true,  delete",
        "COMPLETED_WITH_FAILURES, false, true,  false, false, false, download review again delete",
        "COMPLETED_WITH_FAILURES, false, true,  false, false, true,  retry download review again delete",
        "COMPLETED_WITH_FAILURES, false, true,  false, true,  true,  retry publish download review again delete",
    })
    void eachStateAllowsTheseActions(
            Status status,
            boolean elsewhere,
            boolean known,
            boolean cancelled,
            boolean unpublished,
            boolean retryable,
            String actions) {
        assertThat(text(new Allowed(status, elsewhere, known, cancelled, unpublished, retryable)))
                .isEqualTo(actions);
    }

    @ParameterizedTest
    @EnumSource(Status.class)
    void aJobThatIsAtWorkCannotBeDeleted(Status status) {
        boolean atWork =
                Arrays.asList(Status.QUEUED, Status.RUNNING, Status.PAUSING).contains(status);
        assertThat(new Allowed(status, false, true, false, true, true).actions().contains(Action.DELETE))
                .isNotEqualTo(atWork);
    }

    private static String text(Allowed allowed) {
        return allowed.actions().stream().map(Action::text).collect(Collectors.joining(" "));
    }
}
