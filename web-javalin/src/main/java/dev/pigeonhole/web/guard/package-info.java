/** Who may come in, and with how much: hosts, origins, sessions, headers, limits. */
@NullMarked
package dev.pigeonhole.web.guard;

import org.jspecify.annotations.NullMarked;
