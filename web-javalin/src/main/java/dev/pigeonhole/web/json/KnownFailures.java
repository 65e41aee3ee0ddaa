package dev.pigeonhole.web.json;

import dev.pigeonhole.core.ConfigurationException;
import dev.pigeonhole.core.InputException;
import dev.pigeonhole.core.MissingKeyException;
import dev.pigeonhole.core.StorageException;
import dev.pigeonhole.core.checkpoint.JobLockedException;
import dev.pigeonhole.core.checkpoint.StaleLeaseException;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.io.EofException;
import org.jspecify.annotations.Nullable;

/** The only class that makes problems of exceptions. Stateless. */
public final class KnownFailures {
    private KnownFailures() {}

    /** What is wrong; empty for what nobody has foreseen. */
    public static Optional<Problem> of(Exception failure) {
        if (failure instanceof ProblemException e) {
            return Optional.of(e.problem());
        }
        return Optional.ofNullable(type(failure)).map(type -> Problem.of(type, text(failure)));
    }

    private static @Nullable ProblemType type(Exception failure) {
        if (failure instanceof MissingKeyException) {
            return ProblemType.KEY_MISSING;
        } else if (failure instanceof ConfigurationException) {
            return ProblemType.SETTING_WRONG;
        } else if (failure instanceof InputException) {
            return ProblemType.CSV_UNREADABLE;
        } else if (failure instanceof JobLockedException || failure instanceof StaleLeaseException) {
            return ProblemType.BUSY;
        } else if (failure instanceof StorageException && isFull(failure)) {
            return ProblemType.NO_ROOM;
        } else if (isBroken(failure)) {
            return ProblemType.MALFORMED;
        }
        return null;
    }

    private static String text(Exception failure) {
        return isBroken(failure)
                ? "the request broke off before its end; send it again"
                : String.valueOf(failure.getMessage());
    }

    /** What the system, or SQLite, says of a full disk. */
    private static boolean isFull(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String message = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
            if (message.contains("no space left")
                    || message.contains("disk is full")
                    || message.contains("quota exceeded")
                    || message.contains("sqlite_full")) {
                return true;
            }
        }
        return false;
    }

    /** The client went away, or sent too slowly. */
    private static boolean isBroken(Throwable failure) {
        if (!(failure instanceof IOException)) {
            return failure instanceof HttpException;
        }
        return failure instanceof EofException
                || failure.getCause() instanceof TimeoutException
                || failure.getCause() instanceof EofException
                || failure.getCause() instanceof HttpException;
    }
}
