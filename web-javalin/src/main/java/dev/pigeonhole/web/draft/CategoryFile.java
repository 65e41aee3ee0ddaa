package dev.pigeonhole.web.draft;

import dev.pigeonhole.core.ConfigurationException;
import dev.pigeonhole.core.Taxonomy;
import java.nio.charset.StandardCharsets;

/** Categories as the file that a job reads. Stateless. */
final class CategoryFile {
    /** Larger ones are not read. */
    private static final int MOST_BYTES = 1 << 20;

    private CategoryFile() {}

    /**
     * The text of the file.
     *
     * @throws ConfigurationException it would be too large to be read again
     */
    static String write(Taxonomy taxonomy) {
        String yaml = taxonomy.toYaml();
        int bytes = yaml.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > MOST_BYTES) {
            throw new ConfigurationException("the categories take " + bytes + " bytes as a file, of which at most "
                    + MOST_BYTES + " are possible; shorten the descriptions or leave out some examples");
        }
        return yaml;
    }
}
