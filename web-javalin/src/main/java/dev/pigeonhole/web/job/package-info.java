/** Jobs that run or have run: live events, rows, reviews, failures, log, downloads. */
@NullMarked
package dev.pigeonhole.web.job;

import org.jspecify.annotations.NullMarked;
