package dev.pigeonhole.core.job;

/** Hears what a job tells. Called from one thread only: the one that runs the job; it should return soon. */
@FunctionalInterface
public interface JobListener {
    void on(JobEvent event);
}
