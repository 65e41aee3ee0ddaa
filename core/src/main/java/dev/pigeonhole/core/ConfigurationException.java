package dev.pigeonhole.core;

import org.jspecify.annotations.Nullable;

/** The job as asked for cannot be run: a setting, a category file, or a difference to an earlier run of the same job. */
public class ConfigurationException extends PermanentException {
    public ConfigurationException(String message) {
        this(message, null);
    }

    public ConfigurationException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
