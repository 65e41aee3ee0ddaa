/** What is durable of questions that a provider works on for hours: submissions, how far each got, the file of its requests. */
@NullMarked
package dev.pigeonhole.llm.lane;

import org.jspecify.annotations.NullMarked;
