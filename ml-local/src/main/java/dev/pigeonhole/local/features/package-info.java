/** What a text is compared by: its words, pairs of words and pieces of words, as numbered features with weights. Any script. */
@NullMarked
package dev.pigeonhole.local.features;

import org.jspecify.annotations.NullMarked;
