/** Where a sequence is cut: rows into batches, items into sub-batches. */
@NullMarked
package dev.pigeonhole.core.batch;

import org.jspecify.annotations.NullMarked;
