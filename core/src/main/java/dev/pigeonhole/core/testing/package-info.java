/** A categorizer that plays a script; for tests of the engine and of programs that embed it. */
@NullMarked
package dev.pigeonhole.core.testing;

import org.jspecify.annotations.NullMarked;
