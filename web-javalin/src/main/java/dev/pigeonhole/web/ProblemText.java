package dev.pigeonhole.web;

import dev.pigeonhole.web.json.ProblemType;

/** Cause and fix of each kind of problem, for a person. Stateless. */
final class ProblemText {
    private ProblemText() {}

    static String of(ProblemType type) {
        return type.title() + " (" + type.status() + ")\n\n" + cause(type) + "\n\nWhat to do: " + fix(type) + "\n";
    }

    private static String cause(ProblemType type) {
        return switch (type) {
            case MALFORMED ->
                "The request is not JSON as docs/api.md has it, broke off, or has a path that is spelled oddly.";
            case TOKEN_NEEDED ->
                "The server wants to know that you were let in by whoever started it. After a restart it knows nobody.";
            case FORBIDDEN -> "The request came from another page than the server's own, and carried no token.";
            case NOT_FOUND -> "There is no such page, job, draft or row. It may have been deleted.";
            case METHOD_NOT_ALLOWED -> "The address is there, but cannot be asked in this way.";
            case JOB_STATE_CONFLICT ->
                "The job is in a state in which that cannot be done. allowedActions says what can.";
            case DRAFT_CONFLICT -> "Something that is needed for that is missing in the draft, or it is a job already.";
            case TRUTH_NEEDED -> "Nobody has said which column of the file holds the right categories.";
            case BUSY -> "Another process, such as the command line, is running the job.";
            case STALE_EDIT -> "Somebody, perhaps another tab, changed it after it was read here.";
            case UPLOAD_TOO_LARGE -> "The body has more bytes than the server takes.";
            case NOT_CSV -> "The file is a spreadsheet, an archive or something else that is not text.";
            case WRONG_HOST ->
                "The server was asked by a host name that it does not know. A page of somebody else could do that.";
            case CSV_UNREADABLE ->
                "The file is not the CSV that it should be; the detail names the line where that is known.";
            case SETTING_WRONG -> "A setting is out of its bounds, or does not fit the others. pointer names it.";
            case CATEGORIES_WRONG ->
                "Names are missing, repeated or too long, or there are too many. pointer names them.";
            case KEY_MISSING -> "The language model wants a key, and the server found none when it looked.";
            case TOO_MANY -> "Too many tries, uploads, streams or waiting jobs at once.";
            case UNEXPECTED -> "A defect, or something of the machine that failed. error.log has the details.";
            case NOT_READY -> "It is being prepared.";
            case NO_ROOM -> "The disk is full, or the uploads together have reached their limit.";
        };
    }

    private static String fix(ProblemType type) {
        return switch (type) {
            case MALFORMED -> "send it as docs/api.md says; if it came from the page, load the page again.";
            case TOKEN_NEEDED ->
                "open the link that the server printed when it started. Scripts send Authorization: Bearer TOKEN.";
            case FORBIDDEN -> "use the page that the server's link opens. Scripts send Authorization: Bearer TOKEN.";
            case NOT_FOUND -> "go back to the list of jobs.";
            case METHOD_NOT_ALLOWED -> "see docs/api.md for what can be asked.";
            case JOB_STATE_CONFLICT -> "wait for the state to change, or do one of the allowed actions first.";
            case DRAFT_CONFLICT -> "complete what blockers names; for another run, use \"run again\".";
            case TRUTH_NEEDED ->
                "name the column with ?truth=COLUMN, or choose it in the draft of the next job as the correct answer.";
            case BUSY -> "wait until it ends there, or stop it there; here it can only be watched.";
            case STALE_EDIT -> "load it again and repeat the change.";
            case UPLOAD_TOO_LARGE -> "split the file, or run it on the command line, which has no such limit.";
            case NOT_CSV -> "export it as CSV (UTF-8) and try again.";
            case WRONG_HOST -> "open the printed link, or start the server with --allow-host NAME.";
            case CSV_UNREADABLE -> "choose another encoding, delimiter or treatment of odd rows, or mend the line.";
            case SETTING_WRONG -> "change the setting as the detail says.";
            case CATEGORIES_WRONG -> "change the categories as the detail says.";
            case KEY_MISSING -> "set OPENAI_API_KEY where the server is started, and start it again.";
            case TOO_MANY -> "wait a little and try again.";
            case UNEXPECTED -> "try again; if it stays, report it with the lines of error.log.";
            case NOT_READY -> "wait; progress says how far it is.";
            case NO_ROOM -> "delete jobs and drafts that are not needed, or make room on the disk.";
        };
    }
}
