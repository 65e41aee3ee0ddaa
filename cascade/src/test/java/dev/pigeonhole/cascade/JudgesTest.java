package dev.pigeonhole.cascade;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JudgesTest {
    @ParameterizedTest(name = "{1} of {0}: below {2}")
    @CsvSource({
        "0.1 0.2 0.3 0.4, 0.25, 0.2",
        "0.4 0.3 0.2 0.1, 0.5,  0.3",
        "0.1 0.1 0.3 0.4, 0.5,  0.3",
        // As if nothing was left: nobody is less sure than the least sure ones.
        "0.1 0.1 0.3 0.4, 0.25, 0",
        "0.0 0.0 0.0 0.0, 0.5,  0",
        "0.1 0.2 0.3 0.4, 1,    0",
    })
    void aRoundAsksAboutTheLeastSureOnesOrAboutNothing(String confidences, double share, double below) {
        List<Lesson> lessons = Stream.of(confidences.split(" ", -1))
                .map(text -> new Lesson(1, text, "c"))
                .toList();
        Classifier classifier = text -> new Guess("c", Double.parseDouble(text));
        assertThat(new Judges(lessons).below(classifier, share)).isEqualTo(below);
    }
}
