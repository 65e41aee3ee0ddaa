package dev.pigeonhole.store.jdbc;

/**
 * What is kept ready to show the rows of a job.
 *
 * @param index whoever uses it locks it
 * @param search thread-safe
 */
record JobView(RowIndex index, TextSearch search) {}
