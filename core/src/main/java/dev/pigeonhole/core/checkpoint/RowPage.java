package dev.pigeonhole.core.checkpoint;

import java.util.List;

/**
 * Some of the rows that a filter lets through. Immutable.
 *
 * @param rows in the order asked for
 * @param total how many rows there are behind the filter; at least, if not exact
 * @param exact whether the total is exact: very many hits of a search are not all counted
 */
public record RowPage(List<SeenRow> rows, long total, boolean exact) {
    public RowPage {
        rows = List.copyOf(rows);
    }
}
