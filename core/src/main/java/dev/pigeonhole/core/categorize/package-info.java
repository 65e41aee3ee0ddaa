/** The port through which items get their outcome, and how an adapter is found by name. */
@NullMarked
package dev.pigeonhole.core.categorize;

import org.jspecify.annotations.NullMarked;
