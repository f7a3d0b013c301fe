package io.kline.tools.bench;

import io.kline.server.api.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The command {@code bench.sh [name …]}: measures, prints a table and writes {@code
 * target/bench/results.json}.
 */
public final class BenchMain {

    private static final int FAILED = 1;
    private static final int WRONG_NAME = 2;

    private static final Map<String, Benchmark> BENCHMARKS =
            new TreeMap<>(Map.of("read", new ReadBenchmark()));

    private static final String USAGE =
            "usage: bench.sh [name …]\n"
                    + "  Measures, prints a table and writes"
                    + " target/bench/results.json.\n"
                    + "  Names: "
                    + String.join(", ", BENCHMARKS.keySet())
                    + "; default: all\n"
                    + "\n"
                    + "Example:\n"
                    + "  bench.sh read";

    private BenchMain() {}

    public static void main(String[] args) throws Exception {
        List<String> given = List.of(args);
        if (given.contains("--help") || given.contains("-h")) {
            System.out.println(USAGE);
            System.exit(0);
        }
        if (!BENCHMARKS.keySet().containsAll(given)) {
            System.err.println(USAGE);
            System.exit(WRONG_NAME);
        }
        List<String> names = given.isEmpty() ? List.copyOf(BENCHMARKS.keySet()) : given;
        Map<String, List<Measurement>> results = new TreeMap<>();
        try {
            for (String name : names) {
                results.put(name, BENCHMARKS.get(name).run());
            }
        } catch (AssertionError e) {
            System.err.println("a wrong answer: " + e.getMessage());
            System.exit(FAILED);
        }
        List<String> lines = new ArrayList<>(List.of(Measurement.HEADING));
        results.values().forEach(list -> list.forEach(each -> lines.add(each.line())));
        lines.forEach(System.out::println);
        write(results);
        System.exit(0);
    }

    private static void write(Map<String, List<Measurement>> results) throws IOException {
        Path file = Path.of(System.getProperty("kline.root", "."), "target/bench/results.json");
        Files.createDirectories(file.getParent());
        Files.writeString(
                file,
                Json.text(
                        json -> {
                            json.useDefaultPrettyPrinter();
                            json.writeStartObject();
                            json.writeStringField("java", System.getProperty("java.version"));
                            json.writeNumberField(
                                    "cores", Runtime.getRuntime().availableProcessors());
                            for (Map.Entry<String, List<Measurement>> entry : results.entrySet()) {
                                json.writeArrayFieldStart(entry.getKey());
                                for (Measurement each : entry.getValue()) {
                                    json.writeStartObject();
                                    json.writeStringField("what", each.what());
                                    json.writeNumberField("goalMillis", each.goalMillis());
                                    json.writeNumberField("p50Millis", each.millisAt(50));
                                    json.writeNumberField("p90Millis", each.millisAt(90));
                                    json.writeNumberField("p99Millis", each.millisAt(99));
                                    json.writeNumberField("maxMillis", each.millisAt(100));
                                    json.writeNumberField(
                                            "serverMedianMillis", each.serverMedianMillis());
                                    json.writeNumberField(
                                            "requests", each.latencies().getTotalCount());
                                    json.writeNumberField("perSecond", each.rate());
                                    json.writeEndObject();
                                }
                                json.writeEndArray();
                            }
                            json.writeEndObject();
                        }));
        System.out.println(file);
    }
}
