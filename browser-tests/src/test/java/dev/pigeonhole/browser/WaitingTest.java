package dev.pigeonhole.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.NoSuchElementException;
import org.openqa.selenium.StaleElementReferenceException;

/** Waiting looks until it sees, or says what it did not see. */
class WaitingTest {
    private final AtomicInteger looks = new AtomicInteger();

    @Test
    void itLooksUntilItSees() {
        Waiting.until("third look", () -> looks.incrementAndGet() == 3);
        assertThat(looks).hasValue(3);
    }

    @Test
    void anElementThatIsNotThereYetIsNoError() {
        String seen = Waiting.until("element", Duration.ofSeconds(30), () -> {
            switch (looks.incrementAndGet()) {
                case 1 -> throw new NoSuchElementException("not yet");
                case 2 -> throw new StaleElementReferenceException("not any more");
                default -> {
                    return Optional.of("there");
                }
            }
        });
        assertThat(seen).isEqualTo("there");
    }

    @Test
    void anyOtherErrorEndsIt() {
        assertThatThrownBy(() -> Waiting.until("what fails", () -> {
                    throw new IllegalStateException("broken");
                }))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void afterTheDeadlineItSaysWhatWasAwaitedAndWhy() {
        assertThatThrownBy(() -> Waiting.until("the end", Duration.ZERO, () -> {
                    throw new NoSuchElementException("no end");
                }))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("the end")
                .hasRootCauseInstanceOf(NoSuchElementException.class);
    }
}
