package dev.pigeonhole.llm.money;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingRegistry;
import com.knuddels.jtokkit.api.EncodingType;
import com.knuddels.jtokkit.api.ModelType;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Counts with the encodings of jtokkit, for models that have one older than {@link O200kCounter}'s. Thread-safe. */
final class JtokkitCounter implements TokenCounter {
    /** Constants of jtokkit's jar, which take a second and some memory: each is read when it is first needed, and once. Thread-safe. */
    private static final EncodingRegistry TABLES = Encodings.newLazyEncodingRegistry();

    /** These have the newest encoding; jtokkit takes those that it does not know for a gpt-4. (As the provider's own counter has it.) */
    private static final List<String> NEWER = List.of(ModelType.GPT_4O.getName(), "gpt-4.1", "gpt-4.5");

    private final String model;
    private volatile @Nullable Encoding encoding;

    JtokkitCounter(String model) {
        this.model = model;
    }

    /** Whether the model has an encoding older than the newest one, as far as jtokkit knows. Loads no table. */
    static boolean isOlder(String model) {
        Optional<ModelType> known = ModelType.fromName(model);
        if (known.isPresent()) {
            return known.get().getEncodingType() != EncodingType.O200K_BASE;
        }
        return NEWER.stream().noneMatch(model::startsWith)
                && (model.startsWith(ModelType.GPT_4.getName()) || model.startsWith(ModelType.GPT_3_5_TURBO.getName()));
    }

    @Override
    public int count(String text) {
        return text.isEmpty() ? 0 : encoding().countTokensOrdinary(text);
    }

    private Encoding encoding() {
        Encoding loaded = encoding;
        return loaded != null ? loaded : load();
    }

    private synchronized Encoding load() {
        Encoding loaded = encoding;
        if (loaded == null) {
            loaded = TABLES.getEncodingForModel(model)
                    .orElseThrow(() -> new IllegalStateException("no encoding for the model " + model));
            encoding = loaded;
        }
        return loaded;
    }
}
