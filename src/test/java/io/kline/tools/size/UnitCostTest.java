package io.kline.tools.size;

import static org.assertj.core.api.Assertions.assertThat;

import io.kline.candle.Rules;
import io.kline.config.CandleOptions;
import io.kline.config.OptionsReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class UnitCostTest {

    private static final Percentage CLOSE = Percentage.withPercentage(5);

    private static final Pattern ROW =
            Pattern.compile("(?m)^\\| ([^|]+?) \\| ([0-9.,]+ (?:s|bytes)) \\|");

    @Test
    void theDocumentHasTheFiguresThatAreComputedWith() throws IOException {
        Map<String, String> computed = new LinkedHashMap<>();
        for (UnitCost cost : UnitCost.values()) {
            computed.put(
                    cost.text(),
                    Double.toString(cost.value()).replaceAll("\\.0$", "") + " " + cost.unit());
        }
        Map<String, String> written = new LinkedHashMap<>();
        for (MatchResult row :
                ROW.matcher(Files.readString(Path.of("docs/benchmarks.md"))).results().toList()) {
            written.put(row.group(1), row.group(2).replace(",", ""));
        }

        assertThat(written).containsAllEntriesOf(computed);
    }

    @Test
    void stateIsWhatTheSerializersWrite() throws IOException {
        CandleOptions options = new OptionsReader(Map.of()).read("test").orElseThrow().kline;
        Rules rules =
                new Rules(
                        options.intervals(),
                        options.allowedLateness.toMillis(),
                        options.carryFor.toMillis());
        StateBytes measured = StateBytes.of(rules, 30);

        assertThat(measured.symbol()).isCloseTo(UnitCost.STATE_SYMBOL.value(), CLOSE);
        assertThat(measured.series()).isCloseTo(UnitCost.STATE_SERIES.value(), CLOSE);
        assertThat(measured.held()).isCloseTo(UnitCost.STATE_HELD.value(), CLOSE);
    }

    @Test
    void recordsAndCallsAreWhatIsSent() throws IOException {
        CandleOptions options = new OptionsReader(Map.of()).read("test").orElseThrow().kline;

        assertThat(ByteMeasurement.redisWrite(options.intervals()))
                .isCloseTo(UnitCost.REDIS_WRITE.value(), CLOSE);
        assertThat(ByteMeasurement.kafkaTrade()).isCloseTo(UnitCost.KAFKA_TRADE.value(), CLOSE);
        assertThat(ByteMeasurement.kafkaKline()).isCloseTo(UnitCost.KAFKA_KLINE.value(), CLOSE);
    }
}
