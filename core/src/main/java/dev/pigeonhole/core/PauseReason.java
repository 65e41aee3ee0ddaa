package dev.pigeonhole.core;

/** Why a job waits. */
public enum PauseReason {
    /** Somebody asked for it. */
    USER("asked to pause"),
    /** Somebody gave it up. What is done is kept, and the job can still be taken up again by its id. */
    CANCELLED("cancelled"),
    /** The money cap is reached. */
    BUDGET("money cap reached"),
    /** The provider fails or cannot be reached, call after call. */
    PROVIDER_UNAVAILABLE("provider unavailable"),
    /** The key is missing, wrong or not allowed to do this. */
    KEY_REJECTED("key rejected"),
    /** The account has no quota left. */
    QUOTA("quota used up"),
    /** Rows whose category is known were answered wrongly, too often to go on unseen. */
    DRIFT("known rows answered wrongly");

    private final String text;

    PauseReason(String text) {
        this.text = text;
    }

    /** The reason in a few plain words. */
    public String text() {
        return text;
    }
}
