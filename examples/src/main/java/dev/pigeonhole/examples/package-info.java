/** Small programs that embed the library. The documentation shows parts of them; the build runs them. */
@NullMarked
package dev.pigeonhole.examples;

import org.jspecify.annotations.NullMarked;
