/** Checkpoints in a database. */
@NullMarked
package dev.pigeonhole.store.jdbc;

import org.jspecify.annotations.NullMarked;
