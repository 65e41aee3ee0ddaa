/** What is durable about a job, and the port that keeps it. */
@NullMarked
package dev.pigeonhole.core.checkpoint;

import org.jspecify.annotations.NullMarked;
