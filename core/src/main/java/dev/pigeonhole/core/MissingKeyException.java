package dev.pigeonhole.core;

/** There is no key for a service that wants one. The message says where it was looked for and what to set; it never holds a key. */
public final class MissingKeyException extends ConfigurationException {
    public MissingKeyException(String message) {
        super(message);
    }
}
