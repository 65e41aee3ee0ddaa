package dev.pigeonhole.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pigeonhole.core.ConfigurationException;
import dev.pigeonhole.core.csv.RaggedPolicy;
import dev.pigeonhole.workspace.JobOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class JobOptionsTest {
    private static JobOptions options(List<String> textColumns, Map<String, String> providerOptions) {
        return new JobOptions(
                Path.of("/data/in.csv"),
                Path.of("/data/out.csv"),
                Optional.of(Path.of("/data/c.yaml")),
                textColumns,
                "windows-1252",
                "tab",
                RaggedPolicy.DEAD_LETTER,
                true,
                true,
                "local",
                new TreeMap<>(providerOptions),
                7,
                3,
                5,
                true);
    }

    static Stream<JobOptions> roundTrips() {
        return Stream.of(
                options(List.of(), Map.of()),
                options(List.of("body"), Map.of("min-confidence", "0.5")),
                options(List.of("#3", "a,b", "line\nfeed", "", " "), Map.of("a.b", "c=d\ne", "", "x")),
                options(IntStream.range(0, 12).mapToObj(i -> "c" + i).toList(), Map.of()));
    }

    @ParameterizedTest
    @MethodSource
    void roundTrips(JobOptions options) {
        assertThat(JobOptions.of(Samples.job(options.toMap()).plan())).isEqualTo(options);
    }

    @Test
    void aRelativeCategoryFileIsKeptAsAnAbsoluteOne() {
        JobOptions relative = new JobOptions(
                Path.of("in.csv"),
                Path.of("out.csv"),
                Optional.of(Path.of("./x/../c.yaml")),
                List.of(),
                "auto",
                "auto",
                RaggedPolicy.AUTO,
                false,
                false,
                "local",
                new TreeMap<>(),
                1,
                1,
                0,
                false);
        assertThat(relative.toMap())
                .containsEntry("categories", Path.of("c.yaml").toAbsolutePath().toString());
    }

    @Test
    void aJobOfAnotherProgramIsRefusedWithTheWayOut() {
        assertThatThrownBy(() -> JobOptions.of(Samples.job(new TreeMap<>()).plan()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("begun by a program of its own");
    }

    @Test
    void settingsOfTheProviderCanBeOthersThisTime() {
        JobOptions options = options(List.of("a"), Map.of("max-cost", "1.50", "model", "m"));
        JobOptions others = options.withProviderOptions(Map.of("max-cost", "3", "rpm", "7"));
        assertThat(options.cap()).hasToString("Optional[$1.50]");
        assertThat(others.cap()).hasToString("Optional[$3.00]");
        assertThat(others.providerOptions()).containsEntry("model", "m").containsEntry("rpm", "7");
        assertThat(others.withProviderOptions(Map.of("max-cost", "a lot")).cap())
                .isEmpty();
    }

    @Test
    void onlyTheConcurrencyChangesWithIt() {
        JobOptions options = options(List.of("a"), Map.of());
        assertThat(options.withConcurrency(9).concurrency()).isEqualTo(9);
        assertThat(options.withConcurrency(9).withConcurrency(5)).isEqualTo(options);
    }
}
