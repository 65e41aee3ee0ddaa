/** What was asked of a provider that costs money, what it answered, and what that cost. */
@NullMarked
package dev.pigeonhole.core.ledger;

import org.jspecify.annotations.NullMarked;
