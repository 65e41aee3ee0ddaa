package dev.pigeonhole.core.csv;

/** A piece of a character array; valid until the array is written to. */
@SuppressWarnings("ArrayRecordComponent")
record CharSpan(char[] chars, int start, int length) {}
