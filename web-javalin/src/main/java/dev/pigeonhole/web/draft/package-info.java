/** From a file to a job: uploading, reading, columns, categories, estimate, trial. */
@NullMarked
package dev.pigeonhole.web.draft;

import org.jspecify.annotations.NullMarked;
