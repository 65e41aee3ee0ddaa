package dev.pigeonhole.web.job;

import dev.pigeonhole.core.checkpoint.JobRows;
import dev.pigeonhole.core.checkpoint.RowFilter;
import dev.pigeonhole.core.checkpoint.RowOrder;
import dev.pigeonhole.core.checkpoint.RowStatus;
import dev.pigeonhole.core.checkpoint.SeenRow;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The batches of a job in a row; neighbours are joined if there are very many. Not thread-safe. */
final class BatchStrip {
    static final int MOST_ITEMS = 500;
    /** Failed rows that are told apart by batch; of more, only some are. */
    private static final int MOST_FAILED = 10_000;

    private final int size;
    private final long rows;
    private final boolean finished;
    private final boolean runs;
    private final boolean exact;
    private final BatchFiles files;
    private final Map<Integer, Long> failed;
    private long inOpenBatches;

    /** @param failed failed rows of the batches that have any */
    BatchStrip(Moment moment, int size, BatchFiles files, Map<Integer, Long> failed) {
        this.size = size;
        this.rows = moment.rows();
        this.finished = moment.status().isFinished();
        this.runs = moment.phase() != Phase.IDLE || moment.elsewhere();
        this.exact = moment.counts().failed() <= MOST_FAILED;
        this.files = files;
        this.failed = failed;
        this.inOpenBatches = moment.counts().total();
        for (int number = 1; number <= total(); number++) {
            inOpenBatches -= isDone(number) ? rowsOf(number) : 0;
        }
    }

    /** Counts failed rows by batch. */
    static Map<Integer, Long> failedBy(JobRows rows, int size) {
        Map<Integer, Long> failed = new TreeMap<>();
        RowFilter filter = RowFilter.ALL.withStatus(RowStatus.FAILED);
        for (int skip = 0; skip < MOST_FAILED; skip += JobRows.MAX_PAGE) {
            List<SeenRow> page =
                    rows.page(filter, RowOrder.ROW, skip, JobRows.MAX_PAGE).rows();
            page.forEach(seen -> failed.merge(RowView.batchOf(seen.row().row(), size), 1L, Long::sum));
            if (page.size() < JobRows.MAX_PAGE) {
                break;
            }
        }
        return failed;
    }

    private int total() {
        return (int) ((rows + size - 1) / size);
    }

    private boolean isDone(int number) {
        return finished || files.has(number);
    }

    private long rowsOf(int number) {
        return Math.min(size, rows - (number - 1L) * size);
    }

    Map<String, Object> view() {
        int joined = Math.max(1, (total() + MOST_ITEMS - 1) / MOST_ITEMS);
        List<Map<String, Object>> items = new ArrayList<>();
        for (int first = 1; first <= total(); first += joined) {
            items.add(item(first, Math.min(total(), first + joined - 1)));
        }
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("size", size);
        map.put("items", items);
        map.put("total", total());
        map.put("exact", exact);
        return map;
    }

    private Map<String, Object> item(int first, int last) {
        long all = 0;
        long done = 0;
        long bad = 0;
        for (int number = first; number <= last; number++) {
            all += rowsOf(number);
            done += doneOf(number);
            bad += failed.getOrDefault(number, 0L);
        }
        Map<String, Object> map = new LinkedHashMap<>();
        if (first == last) {
            map.put("number", first);
        } else {
            map.put("numbers", List.of(first, last));
        }
        map.put("firstRow", (first - 1L) * size + 1);
        map.put("rows", all);
        map.put("state", done == all ? "done" : runs && done > 0 ? "working" : "waiting");
        map.put("done", done);
        map.put("failed", bad);
        return map;
    }

    /** What is done of open batches is taken to be in the first ones, for they are worked on in order. */
    private long doneOf(int number) {
        if (isDone(number)) {
            return rowsOf(number);
        }
        long part = Math.max(0, Math.min(rowsOf(number) - 1, inOpenBatches));
        inOpenBatches -= part;
        return part;
    }
}
