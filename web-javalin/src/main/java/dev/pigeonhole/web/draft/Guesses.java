package dev.pigeonhole.web.draft;

import dev.pigeonhole.core.csv.CsvInspection;
import dev.pigeonhole.workspace.ColumnGuess;
import java.util.List;
import java.util.Locale;

/** What the columns of a file are probably used for, by their place from 0. Immutable. */
final class Guesses {
    private final List<String> names;
    private final ColumnGuess guess;

    private Guesses(List<String> names, ColumnGuess guess) {
        this.names = names;
        this.guess = guess;
    }

    static Guesses of(CsvInspection inspection) {
        return new Guesses(inspection.profile().addresses(), ColumnGuess.of(inspection));
    }

    String role(int column) {
        return guess.columns().get(column).role().name().toLowerCase(Locale.ROOT);
    }

    String reason(int column) {
        return guess.columns().get(column).reason();
    }

    /** What is taken until somebody says otherwise. */
    Columns columns() {
        return new Columns(
                guess.textColumns().stream().map(names::get).toList(),
                guess.only(ColumnGuess.Role.ID).map(names::get).orElse(null),
                guess.only(ColumnGuess.Role.TRUTH).map(names::get).orElse(null));
    }
}
