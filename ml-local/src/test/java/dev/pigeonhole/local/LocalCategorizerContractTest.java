package dev.pigeonhole.local;

import dev.pigeonhole.core.Taxonomy;
import dev.pigeonhole.core.categorize.Categorizer;
import dev.pigeonhole.testkit.CategorizerContract;

class LocalCategorizerContractTest extends CategorizerContract {
    @Override
    protected Categorizer categorizer(Taxonomy taxonomy) {
        return LocalCategorizer.of(taxonomy);
    }
}
