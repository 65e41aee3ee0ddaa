package dev.pigeonhole.bench;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.CSVRecord;

/**
 * What a CSV library takes alone, in a process of its own: reading a file, or reading it and writing it with one column more.
 * Arguments: {@code fastcsv}, {@code commons-csv} or {@code fastcsv-read}; the input; the output; how often. {@code pass_cpu_ms}
 * is the best pass.
 */
final class PlainProcess {
    private PlainProcess() {}

    public static void main(String[] args) throws IOException {
        Meter meter = new Meter();
        Path input = Path.of(args[1]);
        Path output = Path.of(args[2]);
        long best = Long.MAX_VALUE;
        long rows = 0;
        for (int i = 0; i < Integer.parseInt(args[3]); i++) {
            long begin = Meter.cpuMillis();
            rows = pass(args[0], input, output);
            best = Math.min(best, Meter.cpuMillis() - begin);
        }
        Map<String, String> figures = meter.read();
        figures.put("rows", Long.toString(rows));
        figures.put("pass_cpu_ms", Long.toString(best));
        figures.forEach((name, value) -> System.out.println(name + "=" + value));
    }

    private static long pass(String library, Path input, Path output) throws IOException {
        return switch (library) {
            case "fastcsv" -> fastCsv(input, output);
            case "fastcsv-read" -> fastCsvRead(input);
            case "commons-csv" -> commonsCsv(input, output);
            default -> throw new IllegalArgumentException(library);
        };
    }

    private static long fastCsvRead(Path input) throws IOException {
        long fields = 0;
        long rows = -1;
        try (CsvReader<CsvRecord> reader = CsvReader.builder().ofCsvRecord(input)) {
            for (CsvRecord row : reader) {
                rows++;
                fields += row.getFieldCount();
            }
        }
        if (fields != 3 * (rows + 1)) {
            throw new IllegalStateException(fields + " fields");
        }
        return rows;
    }

    private static long fastCsv(Path input, Path output) throws IOException {
        long rows = -1;
        try (CsvReader<CsvRecord> reader = CsvReader.builder().ofCsvRecord(input);
                CsvWriter writer = CsvWriter.builder().build(output)) {
            for (CsvRecord row : reader) {
                List<String> fields = new ArrayList<>(row.getFields());
                fields.add("group");
                writer.writeRecord(fields);
                rows++;
            }
        }
        return rows;
    }

    private static long commonsCsv(Path input, Path output) throws IOException {
        long rows = -1;
        CSVFormat format = CSVFormat.DEFAULT.builder().setRecordSeparator("\n").get();
        try (BufferedReader reader = Files.newBufferedReader(input);
                CSVParser parser = format.parse(reader);
                BufferedWriter writer = Files.newBufferedWriter(output, StandardCharsets.UTF_8);
                CSVPrinter printer = new CSVPrinter(writer, format)) {
            for (CSVRecord row : parser) {
                List<String> fields = new ArrayList<>(row.toList());
                fields.add("group");
                printer.printRecord(fields);
                rows++;
            }
        }
        return rows;
    }
}
