package dev.pigeonhole.llm.money;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingRegistry;
import com.knuddels.jtokkit.api.EncodingType;
import org.jspecify.annotations.Nullable;

/** Counts with the encodings of jtokkit. Thread-safe. */
final class JtokkitCounter implements TokenCounter {
    /** Constants of jtokkit's jar, which take a second and some memory: each is read when it is first needed, and once. Thread-safe. */
    private static final EncodingRegistry TABLES = Encodings.newLazyEncodingRegistry();

    private final String model;
    private volatile @Nullable Encoding encoding;

    JtokkitCounter(String model) {
        this.model = model;
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
            loaded = TABLES.getEncodingForModel(model).orElseGet(() -> TABLES.getEncoding(EncodingType.O200K_BASE));
            encoding = loaded;
        }
        return loaded;
    }
}
