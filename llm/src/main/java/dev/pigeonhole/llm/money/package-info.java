/** What calls cost: prices, tokens counted beforehand, the cap. */
@NullMarked
package dev.pigeonhole.llm.money;

import org.jspecify.annotations.NullMarked;
