package dev.pigeonhole.local.file;

import dev.pigeonhole.core.ConfigurationException;

/** A sound file has not got what is looked for in it. */
public final class MissingPartException extends ConfigurationException {
    private static final long serialVersionUID = 1L;

    /** @param message what is missing */
    public MissingPartException(String message) {
        super(message);
    }
}
