/** The engine: one reader, N callers, one recorder; and what it tells while it runs. */
@NullMarked
package dev.pigeonhole.core.job;

import org.jspecify.annotations.NullMarked;
