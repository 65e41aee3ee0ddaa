package dev.pigeonhole.web.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pigeonhole.web.json.ProblemException;
import dev.pigeonhole.web.json.ProblemType;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SessionsTest {
    private static final class Time extends Clock {
        private Instant now = Instant.EPOCH;

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }

    private final Time time = new Time();
    private final Sessions sessions = new Sessions(true, new Random(1), time);

    private static Map<String, String> cookies(String header) {
        String pair = header.substring(0, header.indexOf(';'));
        return Map.of(pair.substring(0, pair.indexOf('=')), pair.substring(pair.indexOf('=') + 1));
    }

    @Test
    void theTokenOpensASessionThatTheBrowserKeepsToItself() {
        String header = sessions.open(sessions.token());
        assertThat(header)
                .contains("; HttpOnly", "; SameSite=Strict", "; Path=/")
                .doesNotContain(sessions.token());
        assertThat(sessions.isKnown(cookies(header), null)).isTrue();
        assertThat(sessions.token()).matches("[0-9a-f]{32}");
    }

    @Test
    void nobodyElseIsKnown() {
        String name =
                cookies(sessions.open(sessions.token())).keySet().iterator().next();
        assertThat(sessions.isKnown(Map.of(), null)).isFalse();
        assertThat(sessions.isKnown(Map.of(name, ""), null)).isFalse();
        assertThat(sessions.isKnown(Map.of(name, sessions.token()), null)).isFalse();
        assertThat(sessions.isKnown(Map.of(), "Bearer ")).isFalse();
        assertThat(sessions.isKnown(Map.of(), "Basic " + sessions.token())).isFalse();
        assertThat(sessions.isKnown(Map.of(), sessions.token())).isFalse();
        assertThat(sessions.isKnown(Map.of(), "Bearer " + sessions.token() + "0"))
                .isFalse();
        assertThat(sessions.isKnown(Map.of(), "Bearer " + sessions.token())).isTrue();
    }

    @Test
    void aSessionThatWasClosedIsUnknown() {
        Map<String, String> cookies = cookies(sessions.open(sessions.token()));
        assertThat(sessions.close(cookies)).contains("Max-Age=0");
        assertThat(sessions.isKnown(cookies, null)).isFalse();
    }

    @Test
    void twoServersOnOneMachineDoNotTakeEachOthersCookies() {
        Sessions other = new Sessions(true, new Random(2), time);
        Map<String, String> mine = cookies(sessions.open(sessions.token()));
        Map<String, String> others = cookies(other.open(other.token()));
        assertThat(mine.keySet()).isNotEqualTo(others.keySet());
        assertThat(sessions.isKnown(others, null)).isFalse();
        assertThat(other.token()).isNotEqualTo(sessions.token());
    }

    @Test
    void sessionsAreBounded() {
        Map<String, String> first = cookies(sessions.open(sessions.token()));
        for (int i = 0; i < 100; i++) {
            sessions.open(sessions.token());
        }
        assertThat(sessions.isKnown(first, null)).isFalse();
    }

    @Test
    void whoGuessesHasToWaitLongerAndLonger() {
        for (int i = 0; i < 5; i++) {
            refused(ProblemType.TOKEN_NEEDED, "wrong");
        }
        refused(ProblemType.TOO_MANY, "wrong");

        time.now = time.now.plus(Duration.ofSeconds(1));
        refused(ProblemType.TOKEN_NEEDED, "wrong");
        time.now = time.now.plus(Duration.ofSeconds(1));
        refused(ProblemType.TOO_MANY, "wrong");
    }

    @Test
    void whoGuessesLocksNobodyElseOut() {
        for (int i = 0; i < 5; i++) {
            refused(ProblemType.TOKEN_NEEDED, "wrong");
        }
        refused(ProblemType.TOO_MANY, "wrong");
        assertThat(sessions.open(sessions.token())).isNotEmpty();
    }

    @Test
    void theWaitHasAnEnd() {
        for (int i = 0; i < 100; i++) {
            refused(ProblemType.TOKEN_NEEDED, "wrong");
            time.now = time.now.plus(Duration.ofSeconds(30));
        }
        assertThat(sessions.open(sessions.token())).isNotEmpty();
    }

    @Test
    void theTokenIsNotShown() {
        assertThat(sessions).hasToString("Sessions[***]");
    }

    private void refused(ProblemType type, String token) {
        assertThatThrownBy(() -> sessions.open(token))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().type()).isEqualTo(type));
    }
}
