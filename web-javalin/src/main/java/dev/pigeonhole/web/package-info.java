/** The web page: a thin face of the engine. Starts here; everything is wired here. */
@NullMarked
package dev.pigeonhole.web;

import org.jspecify.annotations.NullMarked;
