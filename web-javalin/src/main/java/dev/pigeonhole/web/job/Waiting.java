package dev.pigeonhole.web.job;

import dev.pigeonhole.core.FailureCause;
import java.time.Instant;

/** That calls wait before they are made again. Immutable. */
record Waiting(FailureCause cause, Instant until) {}
