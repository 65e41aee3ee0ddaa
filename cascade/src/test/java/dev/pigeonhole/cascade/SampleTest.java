package dev.pigeonhole.cascade;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SampleTest {
    /** Wrong rows have a minus. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            0.9 0.8 -0.7 0.6 -0.5 0.4 | -1 | 0
            0.9 0.8 -0.7 0.6 -0.5 0.4 |  0 | 2
            0.9 0.8 -0.7 0.6 -0.5 0.4 |  1 | 4
            0.9 0.8 -0.7 0.6 -0.5 0.4 |  2 | 6
            0.9 -0.9 0.8              |  0 | 0
            0.9 -0.9 0.8              |  1 | 3
            0.9 -0.8 -0.8 0.7         |  1 | 1
            -0.9                      |  0 | 0
            1.0 -1.0                  |  0 | 0
            """)
    void theThresholdLetsNoMoreWrongRowsThrough(String rows, long most, long through) {
        Sample sample = new Sample(
                20,
                Stream.of(rows.split(" ", -1))
                        .map(Double::valueOf)
                        .map(signed -> new Sample.Judged(Math.abs(signed), signed > 0))
                        .toList());
        double threshold = sample.threshold(most);
        assertThat(sample.from(threshold).of()).isEqualTo(through);
        assertThat(sample.from(threshold).of() - sample.from(threshold).count()).isLessThanOrEqualTo(Math.max(0, most));
        assertThat(Arrays.asList(threshold > 1, through > 0)).contains(true);
    }
}
