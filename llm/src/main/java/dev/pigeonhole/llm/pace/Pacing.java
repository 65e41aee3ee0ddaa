package dev.pigeonhole.llm.pace;

/** Makes pacers. */
public final class Pacing {
    private Pacing() {}

    /** A pacer that works by the clock of this machine. */
    public static Pacer start(PaceSettings settings) {
        return new QueueingPacer(new Turnstile(settings), System::nanoTime);
    }
}
