/** A file of a card for people and arrays for the program, which is right to the last byte or is refused. Knows nothing of models. */
@NullMarked
package dev.pigeonhole.local.file;

import org.jspecify.annotations.NullMarked;
