/** The chat model of any server that speaks OpenAI's chat completions. */
@NullMarked
package dev.pigeonhole.openai;

import org.jspecify.annotations.NullMarked;
