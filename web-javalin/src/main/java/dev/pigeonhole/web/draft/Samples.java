package dev.pigeonhole.web.draft;

import dev.pigeonhole.core.StorageException;
import dev.pigeonhole.core.Taxonomy;
import dev.pigeonhole.core.file.Disk;
import dev.pigeonhole.core.file.DurableFile;
import dev.pigeonhole.web.json.Problem;
import dev.pigeonhole.web.json.ProblemException;
import dev.pigeonhole.web.json.ProblemType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Files that come with the program, so that everything can be tried without one's own. Stateless. */
public final class Samples {
    /**
     * A file to try. Immutable.
     *
     * @param id in the API
     * @param name of the file, for people
     */
    public record Sample(String id, String name, int rows, String title, int categories) {}

    private static final List<Sample> ALL = List.of(
            new Sample("banking77", "banking77.csv", 3_080, "Bank customers' questions", 77),
            new Sample("tickets", "tickets.csv", 40, "Support tickets of a shop", 6));

    private Samples() {}

    /** All of them, as {@code GET /meta} shows them. */
    public static List<Sample> all() {
        return ALL;
    }

    /**
     * @throws ProblemException there is none of this id
     */
    static Sample named(String id) {
        return ALL.stream()
                .filter(sample -> sample.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new ProblemException(Problem.of(
                        ProblemType.NOT_FOUND,
                        "there is no such sample; there are "
                                + String.join(", ", ALL.stream().map(Sample::id).toList()))));
    }

    /** Writes the rows; returns how many bytes they have. */
    static long copy(Sample sample, Disk disk, Path target) {
        try (InputStream in = resource(sample.id() + "/" + rows(sample));
                DurableFile file =
                        DurableFile.create(disk, target, target.resolveSibling(target.getFileName() + ".new"))) {
            in.transferTo(file.stream());
            file.seal();
            file.publish();
            return file.bytes();
        } catch (IOException e) {
            throw new StorageException("the sample " + sample.id() + " cannot be copied: " + e.getMessage(), e);
        }
    }

    static Taxonomy taxonomy(Sample sample) {
        try (InputStream in = resource(sample.id() + "/categories.yaml")) {
            return Taxonomy.parse("categories.yaml", new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new StorageException("the sample " + sample.id() + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static String rows(Sample sample) {
        return sample.id().equals("tickets") ? "tickets.csv" : "test.csv";
    }

    static Columns columns(Sample sample) {
        return sample.id().equals("tickets")
                ? new Columns(List.of("subject", "body"), "ticket_id", null)
                : new Columns(List.of("text"), null, "category");
    }

    private static InputStream resource(String name) {
        InputStream in = Samples.class.getResourceAsStream("/dev/pigeonhole/web/samples/" + name);
        if (in == null) {
            throw new IllegalStateException("the program lacks its sample " + name);
        }
        return in;
    }
}
