package dev.pigeonhole.web.json;

import java.util.Locale;

/** The kinds of problems a request can have. The names are stable; {@code docs/api.md} says cause and fix of each. */
public enum ProblemType {
    MALFORMED(400, "The request could not be read"),
    TOKEN_NEEDED(401, "Sign in first"),
    FORBIDDEN(403, "Not from here"),
    NOT_FOUND(404, "Not found"),
    METHOD_NOT_ALLOWED(405, "That cannot be done here"),
    JOB_STATE_CONFLICT(409, "The job is in another state"),
    DRAFT_CONFLICT(409, "The draft is not ready for that"),
    TRUTH_NEEDED(409, "No column with the right answers"),
    BUSY(409, "Somebody else is using it"),
    STALE_EDIT(412, "It was changed meanwhile"),
    UPLOAD_TOO_LARGE(413, "The file is too large"),
    NOT_CSV(415, "This does not look like a CSV file"),
    WRONG_HOST(421, "Unknown host name"),
    CSV_UNREADABLE(422, "The file could not be read"),
    SETTING_WRONG(422, "A setting is wrong"),
    CATEGORIES_WRONG(422, "Something is wrong with the categories"),
    KEY_MISSING(422, "A key is missing"),
    TOO_MANY(429, "Too many at once"),
    UNEXPECTED(500, "Something went wrong"),
    NOT_READY(503, "Not ready yet"),
    NO_ROOM(507, "There is no room for it");

    private final int status;
    private final String title;

    ProblemType(int status, String title) {
        this.status = status;
        this.title = title;
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    public String title() {
        return title;
    }

    /** As in the member {@code type}: {@code /problems/upload-too-large}. */
    public String uri() {
        return "/problems/" + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
