/** Measured speed and memory, on demand. */
@NullMarked
package dev.pigeonhole.bench;

import org.jspecify.annotations.NullMarked;
