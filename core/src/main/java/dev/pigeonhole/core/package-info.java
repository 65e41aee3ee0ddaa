/** The nouns that every room shares: items, categories, outcomes, and the root of the exceptions. */
@NullMarked
package dev.pigeonhole.core;

import org.jspecify.annotations.NullMarked;
