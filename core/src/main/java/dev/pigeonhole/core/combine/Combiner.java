package dev.pigeonhole.core.combine;

import dev.pigeonhole.core.checkpoint.PublishedFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.function.Consumer;

/** The port: joins finished batch files into one output, in input order. Stateless, thread-safe. */
@FunctionalInterface
public interface Combiner {
    /** Byte after byte: what the batch files hold is what the output holds. */
    static Combiner bytewise() {
        return new BytewiseCombiner();
    }

    /**
     * Writes the head and then every part. Running it again with the same parts gives the same bytes.
     *
     * @param head what comes before the first row
     * @return rows written, the head left out
     * @throws DamagedPartException a part is not what was published; the target is useless then
     */
    long combine(byte[] head, Parts parts, OutputStream target) throws IOException;

    /** The parts, in order. */
    @FunctionalInterface
    interface Parts {
        void forEach(Consumer<Part> consumer);
    }

    /**
     * A batch file.
     *
     * @param number of the batch
     * @param file where it is
     * @param expected what was published there
     */
    record Part(int number, Path file, PublishedFile expected) {}
}
