package io.kline.tools.bench;

import com.fasterxml.jackson.core.JsonGenerator;
import io.kline.server.api.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The file {@code target/bench/results.json}. */
final class ResultsFile {

    private final Path file;

    ResultsFile(Path root) {
        this.file = root.resolve("target/bench/results.json");
    }

    /** Writes the results, in place of earlier ones; returns the file. */
    Path write(Conditions conditions, BenchOptions options, List<Figures> results)
            throws IOException {
        Files.createDirectories(file.getParent());
        return Files.writeString(
                file,
                Json.text(
                        json -> {
                            json.useDefaultPrettyPrinter();
                            json.writeStartObject();
                            json.writeObjectFieldStart("conditions");
                            for (Map.Entry<String, Object> one : conditions.values().entrySet()) {
                                json.writeObjectField(one.getKey(), one.getValue());
                            }
                            json.writeEndObject();
                            json.writeNumberField("trades", options.trades());
                            json.writeNumberField("seed", options.seed());
                            json.writeObjectFieldStart("benchmarks");
                            for (Figures figures : results) {
                                json.writeFieldName(figures.benchmark());
                                write(json, figures);
                            }
                            json.writeEndObject();
                            json.writeEndObject();
                        }));
    }

    private static void write(JsonGenerator json, Figures figures) throws IOException {
        json.writeStartObject();
        Json.array(json, "figures", figures.all(), figure -> write(json, figure));
        Json.array(json, "notes", figures.notes(), json::writeString);
        Json.array(json, "wrong", figures.wrong(), json::writeString);
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, Figure figure) throws IOException {
        json.writeStartObject();
        json.writeStringField("variant", figure.variant());
        json.writeStringField("what", figure.what());
        json.writeStringField("unit", figure.unit());
        json.writeNumberField("median", figure.median());
        json.writeNumberField("lowest", figure.lowest());
        json.writeNumberField("highest", figure.highest());
        Json.array(json, "runs", figure.values().values(), value -> json.writeNumber(value));
        if (figure.goal() != null) {
            json.writeNumberField(
                    figure.goal().isMost() ? "goalAtMost" : "goalAtLeast", figure.goal().bound());
            json.writeBooleanField("met", figure.goal().isMetBy(figure.median()));
        }
        json.writeEndObject();
    }
}
