package dev.pigeonhole.web.job;

import java.util.Locale;

/** What a person can do with a job. */
enum Action {
    PAUSE,
    RESUME,
    CANCEL,
    RETRY,
    PUBLISH,
    DOWNLOAD,
    REVIEW,
    AGAIN,
    DELETE;

    String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
