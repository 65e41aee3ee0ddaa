package dev.pigeonhole.bench.inner;

import de.siegmar.fastcsv.reader.CsvReader;
import dev.pigeonhole.core.csv.CsvItem;
import dev.pigeonhole.core.csv.CsvProfile;
import dev.pigeonhole.core.csv.CsvRecord;
import dev.pigeonhole.core.csv.CsvRows;
import dev.pigeonhole.core.csv.CsvSource;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.util.concurrent.TimeUnit;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.infra.Blackhole;

/** Reading a record, beside two libraries; each invocation opens a file of 10,000 rows and reads all of it. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CsvLoops {
    /** The scan: frames, checks, digests. */
    @Benchmark
    @OperationsPerInvocation(SmallTable.ROWS)
    public CsvProfile frame(SmallTable table) {
        return table.source().scan();
    }

    /** What a categorizer sees. */
    @Benchmark
    @OperationsPerInvocation(SmallTable.ROWS)
    public void readItem(SmallTable table, Blackhole hole) {
        CsvSource source = table.source();
        try (CsvRows<CsvItem> rows = source.items(table.profile(), 1)) {
            rows.forEachRemaining(hole::consume);
        }
    }

    /** What goes to the output. */
    @Benchmark
    @OperationsPerInvocation(SmallTable.ROWS)
    public void readRecord(SmallTable table, Blackhole hole) {
        try (CsvRows<CsvRecord> rows = table.source().records(table.profile(), 1)) {
            rows.forEachRemaining(hole::consume);
        }
    }

    /** FastCSV's reader. */
    @Benchmark
    @OperationsPerInvocation(SmallTable.ROWS)
    public void fastCsvReads(SmallTable table, Blackhole hole) throws IOException {
        try (CsvReader<de.siegmar.fastcsv.reader.CsvRecord> reader =
                CsvReader.builder().ofCsvRecord(table.file())) {
            reader.forEach(hole::consume);
        }
    }

    /** Commons CSV's parser. */
    @Benchmark
    @OperationsPerInvocation(SmallTable.ROWS)
    public void commonsCsvReads(SmallTable table, Blackhole hole) throws IOException {
        try (BufferedReader reader = Files.newBufferedReader(table.file());
                CSVParser parser = CSVFormat.DEFAULT.parse(reader)) {
            for (CSVRecord row : parser) {
                hole.consume(row);
            }
        }
    }
}
