package dev.pigeonhole.local;

import dev.pigeonhole.core.LabelledText;
import dev.pigeonhole.core.Taxonomy;
import dev.pigeonhole.core.categorize.Categorizer;
import dev.pigeonhole.testkit.CategorizerContract;
import java.util.ArrayList;
import java.util.List;

class ModelCategorizerContractTest extends CategorizerContract {
    @Override
    protected Categorizer categorizer(Taxonomy taxonomy) {
        List<LabelledText> rows = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            for (String name : taxonomy.names()) {
                rows.add(new LabelledText("my " + name + " is number " + i, name));
            }
        }
        rows.add(new LabelledText("where is my parcel", taxonomy.names().get(0)));
        return LocalCategorizer.of(LocalModel.train(taxonomy, rows, TrainingSettings.defaults()), taxonomy);
    }
}
