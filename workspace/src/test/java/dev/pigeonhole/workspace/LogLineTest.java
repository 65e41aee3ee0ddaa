package dev.pigeonhole.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import org.junit.jupiter.api.Test;

class LogLineTest {
    private static String line(String message, Throwable thrown) {
        LoggerContext context = new LoggerContext();
        LoggingEvent event =
                new LoggingEvent("x", context.getLogger("test"), Level.ERROR, message, thrown, new Object[0]);
        return new LogLine().doLayout(event);
    }

    @Test
    void aLogLineHoldsTheCauseOfTheCause() {
        String line = line("m", new IllegalStateException("outer\n", new RuntimeException("inner\u001b")));
        assertThat(line.lines()).hasSize(1);
        assertThat(line)
                .contains(" ERROR m exception=java.lang.IllegalStateException: outer\\n | ")
                .contains("exception=java.lang.RuntimeException: inner\\u001b | ");
    }

    @Test
    void aLogLineIsBounded() {
        assertThat(line("y".repeat(1_000_000), new IllegalStateException("z".repeat(1_000_000)))
                        .length())
                .isLessThan(20_000);
    }

    @Test
    void anExceptionThatIsItsOwnCauseEnds() {
        RuntimeException one = new RuntimeException("one");
        RuntimeException two = new RuntimeException("two", one);
        one.initCause(two);
        assertThat(line("m", one).lines()).hasSize(1);
    }
}
