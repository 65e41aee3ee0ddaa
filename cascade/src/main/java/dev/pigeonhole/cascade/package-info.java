/** Asks about as few rows as the wanted agreement allows, learns from the answers, and answers the other rows itself. */
@NullMarked
package dev.pigeonhole.cascade;

import org.jspecify.annotations.NullMarked;
