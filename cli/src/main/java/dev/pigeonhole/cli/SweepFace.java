package dev.pigeonhole.cli;

import dev.pigeonhole.core.Money;
import dev.pigeonhole.core.job.JobEvent;
import dev.pigeonhole.workspace.JobOptions;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Shows the jobs of a sweep, one after the other: a line for each, on a terminal its progress, and each notice once. */
final class SweepFace implements Face {
    private final Terminal terminal;
    private final Optional<Money> cap;
    private final Set<String> said = new HashSet<>();
    private Face face = Face.quiet();

    SweepFace(Terminal terminal, Optional<Money> cap) {
        this.terminal = terminal;
        this.cap = cap;
    }

    /** The next job begins. */
    void begin(JobOptions options, int rows, boolean first) {
        int size = options.subBatchSize();
        terminal.err()
                .println("asking    " + Plain.count(rows, "row", "rows") + ", " + size + " a call"
                        + (first ? "; what is said now is what the others are compared with" : ""));
        terminal.err().flush();
        face = terminal.interactive() ? new TerminalFace(terminal, options.batchSize(), size, cap) : Face.quiet();
    }

    void note(String message) {
        on(new JobEvent.Notice(message));
    }

    @Override
    public void on(JobEvent event) {
        if (event instanceof JobEvent.Notice notice) {
            if (said.add(notice.message())) {
                face.end();
                terminal.err().println(terminal.yellow("note: ") + Plain.text(notice.message()));
            }
        } else {
            face.on(event);
        }
    }

    @Override
    public void end() {
        face.end();
    }
}
