package dev.pigeonhole.workspace.quote;

import dev.pigeonhole.core.Digest;
import dev.pigeonhole.core.Taxonomy;
import dev.pigeonhole.core.checkpoint.AnswerKey;
import dev.pigeonhole.core.csv.CsvProfile;
import dev.pigeonhole.workspace.JobOptions;
import java.util.HexFormat;
import java.util.Map;

/**
 * What a measurement holds for. Immutable.
 *
 * @param subject stands for the texts of a file and the categories: measurements with the same can be compared row by row
 * @param way stands for the model and all else that an answer or its cost depends on
 */
record MeasurementKey(String subject, String way) {
    private static final int DIGITS = 24;

    /** @param fingerprint of the categorizer */
    static MeasurementKey of(
            JobOptions options, CsvProfile profile, Taxonomy taxonomy, Map<String, String> fingerprint) {
        String texts = profile.sha256() + " " + profile.textColumns() + " " + hex(AnswerKey.scope(taxonomy.settings()));
        String way = hex(AnswerKey.scope(taxonomy, fingerprint, "")) + " " + options.subBatchSize();
        return new MeasurementKey(digest(texts), digest(way));
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    private static String digest(String text) {
        return Digest.sha256(text).substring(0, DIGITS);
    }
}
