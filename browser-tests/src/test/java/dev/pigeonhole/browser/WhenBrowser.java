package dev.pigeonhole.browser;

import java.io.PrintStream;
import java.util.function.Supplier;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/** Lets a test run when there is a browser. */
final class WhenBrowser implements ExecutionCondition {
    static final String PROPERTY = "pigeonhole.browser";

    private final Supplier<BrowserFiles> files;
    private final Supplier<String> wish;
    private final PrintStream err;

    WhenBrowser() {
        this(BrowserFiles::find, () -> System.getProperty(PROPERTY, ""), System.err);
    }

    WhenBrowser(Supplier<BrowserFiles> files, Supplier<String> wish, PrintStream err) {
        this.files = files;
        this.wish = wish;
        this.err = err;
    }

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        if (!(files.get() instanceof BrowserFiles.Missing missing)) {
            return ConditionEvaluationResult.enabled("there is a browser");
        }
        if (wish.get().equals("required")) {
            throw new IllegalStateException("a browser is required by -D" + PROPERTY + ": " + missing.reason());
        }
        // Once for all tests: the root's store lives as long as they run.
        context.getRoot()
                .getStore(Namespace.create(WhenBrowser.class))
                .computeIfAbsent("note", key -> note(missing), String.class);
        return ConditionEvaluationResult.disabled(missing.reason());
    }

    private String note(BrowserFiles.Missing missing) {
        String note = "The browser tests are skipped: " + missing.reason();
        err.println(note);
        return note;
    }
}
