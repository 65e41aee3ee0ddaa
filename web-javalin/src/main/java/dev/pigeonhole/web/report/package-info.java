/** How right the answers were, as a file that opens from a disk. */
@NullMarked
package dev.pigeonhole.web.report;

import org.jspecify.annotations.NullMarked;
