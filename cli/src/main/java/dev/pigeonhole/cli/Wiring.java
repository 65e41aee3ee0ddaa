package dev.pigeonhole.cli;

import dev.pigeonhole.core.LabelledText;
import dev.pigeonhole.core.Taxonomy;
import dev.pigeonhole.core.checkpoint.CheckpointStore;
import dev.pigeonhole.local.LocalModel;
import dev.pigeonhole.local.ModelCard;
import dev.pigeonhole.local.TrainingSettings;
import dev.pigeonhole.local.file.ModelFile;
import dev.pigeonhole.store.jdbc.JdbcCheckpointStore;
import dev.pigeonhole.web.WebApp;
import dev.pigeonhole.web.WebSettings;
import dev.pigeonhole.web.report.QualityReport;
import dev.pigeonhole.workspace.StoreOnDemand;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;

/** The only class that names adapters. */
final class Wiring {
    private Wiring() {}

    static CheckpointStore store(Path workspace) {
        return JdbcCheckpointStore.sqlite(workspace);
    }

    /** Learns with the local classifier. */
    static Trained train(Taxonomy taxonomy, Iterable<LabelledText> texts, long seed) {
        LocalModel model =
                LocalModel.train(taxonomy, texts, TrainingSettings.defaults().withSeed(seed));
        ModelCard card = model.card();
        return new Trained(
                card.method(),
                card.features(),
                card.rowsUsed(),
                card.rowsPerCategory(),
                card.accuracy(),
                card.calibrationError(),
                card.promises().stream()
                        .map(promise ->
                                new Trained.Promise(promise.precision(), promise.minConfidence(), promise.coverage()))
                        .toList(),
                model::save);
    }

    /** What a model file says of itself. */
    static Map<String, String> modelCard(Path file) {
        return ModelFile.card(file).entries();
    }

    /** The web page over a workspace. */
    static WebApp web(WebSettings settings, Map<String, String> environment) {
        return WebApp.create(settings, environment);
    }

    /** A page about an evaluation. */
    static String report(Map<String, ?> evaluation, String title, Instant at) {
        return QualityReport.html(evaluation, title, at, VersionProvider.version());
    }

    /** The store of a workspace that is made when it is needed. */
    static CheckpointStore storeOnDemand(Path workspace) {
        return new StoreOnDemand(() -> Files.exists(workspace), () -> store(workspace));
    }
}
