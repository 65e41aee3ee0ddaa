/** Joining finished batch files into one output. */
@NullMarked
package dev.pigeonhole.core.combine;

import org.jspecify.annotations.NullMarked;
