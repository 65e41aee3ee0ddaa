package dev.pigeonhole.workspace;

import dev.pigeonhole.core.categorize.InputTexts;
import dev.pigeonhole.core.csv.CsvItem;
import dev.pigeonhole.core.csv.CsvProfile;
import dev.pigeonhole.core.csv.CsvRows;
import dev.pigeonhole.core.csv.CsvSource;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/**
 * Texts drawn at random from the whole of a CSV file. Nothing is read before {@link #sample}, which reads the file once, or of a file of
 * more than 100,000 rows pieces from all over it that have as many rows together. Memory is bounded: at most 4 Mi characters are drawn.
 * Immutable, thread-safe.
 */
public final class InputSample implements InputTexts {
    private static final long SEED = 77;
    private static final int MOST_READ = 100_000;
    private static final int PIECES = 200;

    private final CsvSource source;
    private final Supplier<CsvProfile> profiles;

    private InputSample(CsvSource source, Supplier<CsvProfile> profiles) {
        this.source = source;
        this.profiles = profiles;
    }

    /** A file of which nothing is known yet; it is scanned when texts are asked for. */
    public static InputTexts of(CsvSource source) {
        return new InputSample(source, source::scan);
    }

    /**
     * A file that was scanned.
     *
     * @param profile of this file, by a source with the same settings; with text columns
     */
    public static InputTexts of(CsvSource source, CsvProfile profile) {
        return new InputSample(source, () -> profile);
    }

    @Override
    public List<String> sample(int most) {
        if (most < 1) {
            throw new IllegalArgumentException("most must be at least 1, was " + most);
        }
        CsvProfile profile = profiles.get();
        TextDraw draw = new TextDraw(most);
        boolean canSeek = profile.index().size() > PIECES;
        if (profile.rows() <= MOST_READ || !canSeek) {
            read(draw, profile, 1, profile.rows());
        } else {
            readPieces(draw, profile);
        }
        return draw.texts();
    }

    /** The file is parted evenly; from each part one piece is read, wherever reading can begin. */
    private void readPieces(TextDraw draw, CsvProfile profile) {
        Random random = new Random(SEED);
        int marks = profile.index().size();
        for (long piece = 0; piece < PIECES; piece++) {
            int from = (int) (piece * marks / PIECES);
            int to = (int) ((piece + 1) * marks / PIECES);
            long first = profile.index().get(from + random.nextInt(to - from)).row();
            read(draw, profile, first, MOST_READ / PIECES);
        }
    }

    private void read(TextDraw draw, CsvProfile profile, long first, long rows) {
        try (CsvRows<CsvItem> items = source.items(profile, first)) {
            for (long i = 0; i < rows && items.hasNext(); i++) {
                draw.look(items.next());
            }
        }
    }
}
