package dev.pigeonhole.core.combine;

import dev.pigeonhole.core.PermanentException;
import org.jspecify.annotations.Nullable;

/** A batch file is missing or is not what was published. It can be made again from the input and the store. */
public final class DamagedPartException extends PermanentException {
    private final transient Combiner.Part part;

    public DamagedPartException(Combiner.Part part, @Nullable Throwable cause) {
        super("batch file " + part.file() + " is missing or was changed", cause);
        this.part = part;
    }

    public Combiner.Part part() {
        return part;
    }
}
