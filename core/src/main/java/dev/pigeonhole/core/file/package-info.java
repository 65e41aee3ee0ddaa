/** Files that are whole or not there: written aside, forced, and moved into place. */
@NullMarked
package dev.pigeonhole.core.file;

import org.jspecify.annotations.NullMarked;
