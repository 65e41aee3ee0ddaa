/** A help desk, as an example of an application that embeds the engine: its tickets, its rules, its threads. */
@NullMarked
package com.example.helpdesk;

import org.jspecify.annotations.NullMarked;
