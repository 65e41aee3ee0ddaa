package dev.pigeonhole.cascade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pigeonhole.core.ConfigurationException;
import dev.pigeonhole.core.categorize.Agreement;
import dev.pigeonhole.core.file.Disk;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StateFileTest {
    private static final String ABOUT = "job 1, target 0.95, seed 1, rows 100";

    @TempDir
    Path directory;

    private StateFile file;

    @BeforeEach
    void file() {
        file = new StateFile(Disk.real(), directory);
    }

    @Test
    void whatIsSavedIsLoaded() {
        assertThat(file.load(ABOUT)).isEmpty();
        CascadeState state = CascadeState.begin(ABOUT);
        requireKept(state);
        requireKept(state.withDraw());
        CascadeState rounds = state.withDraw().withRound(0.1).withRound(1 / 3.0);
        requireKept(rounds);
        CascadeState decided = rounds.with(new CascadeState.Verdict(0.123456789012345, 0.02, 1));
        requireKept(decided);
        requireKept(decided.with(new Agreement(0.95, 1, 2, 3, 4, 0.96, 0.951, 5, 6, 0.7)));
    }

    private void requireKept(CascadeState state) {
        file.save(state);
        assertThat(file.load(ABOUT)).contains(state);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "version=2\nend=true\n",
                "version=1\nabout=x\ndrawn=true\nrounds=\n",
                "version=1\nabout=x\ndrawn=true\nrounds=a\nend=true\n",
                "version=1\nabout=x\ndrawn=true\nrounds=\nthreshold=1\nend=true\n",
                "version=1\nabout=x\ndrawn=true\nrounds=\nagreement=1 2\nend=true\n",
            })
    void aDamagedFileIsRefusedWithTheWayOut(String content) throws Exception {
        Files.writeString(directory.resolve(StateFile.NAME), content);
        assertThatThrownBy(() -> file.load("x"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("damaged")
                .hasMessageContaining("Delete it and resume");
    }

    @Test
    void aFileAboutSomethingElseIsRefused() {
        file.save(CascadeState.begin(ABOUT));
        assertThatThrownBy(() -> file.load("job 2"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(ABOUT)
                .hasMessageContaining("job 2");
    }
}
