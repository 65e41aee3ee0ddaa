package dev.pigeonhole.llm;

import dev.pigeonhole.core.Taxonomy;
import dev.pigeonhole.core.categorize.Categorizer;
import dev.pigeonhole.testkit.CategorizerContract;
import java.util.List;

class LlmCategorizerContractTest extends CategorizerContract {
    @Override
    protected Categorizer categorizer(Taxonomy taxonomy) {
        ScriptedChatModel model = new ScriptedChatModel(seen -> {
            List<String> names = taxonomy.names();
            var words = ScriptedChatModel.words(seen);
            words.replaceAll((id, word) -> names.get(id.hashCode() % names.size()));
            return ScriptedChatModel.reply(words, seen);
        });
        return new Bench(model, taxonomy, LlmSettings.defaults(), Integer.MAX_VALUE).categorizer;
    }

    @Override
    protected boolean answersEachItemAlone() {
        return false;
    }
}
