/** Texts of known category that ride along with the rows of a job, and tell how right the answers are while it runs. */
@NullMarked
package dev.pigeonhole.quality.sentinel;

import org.jspecify.annotations.NullMarked;
