/** A server that looks like a language model's, for tests and for trying without a key. */
@NullMarked
package dev.pigeonhole.fakellm;

import org.jspecify.annotations.NullMarked;
