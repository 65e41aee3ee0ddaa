/** How right the answers are, told by rows whose true category is known. */
@NullMarked
package dev.pigeonhole.quality;

import org.jspecify.annotations.NullMarked;
