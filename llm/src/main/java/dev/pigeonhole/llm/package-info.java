/** All that is true of asking any language model, above the one-method port {@link dev.pigeonhole.llm.ChatModel}. */
@NullMarked
package dev.pigeonhole.llm;

import org.jspecify.annotations.NullMarked;
