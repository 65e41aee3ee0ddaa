/** The categorizer that needs no key and no network: compares texts with what the taxonomy says, and learns from its examples. */
@NullMarked
package dev.pigeonhole.local;

import org.jspecify.annotations.NullMarked;
