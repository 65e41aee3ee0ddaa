/** What goes over the wire: JSON and problems. */
@NullMarked
package dev.pigeonhole.web.json;

import org.jspecify.annotations.NullMarked;
