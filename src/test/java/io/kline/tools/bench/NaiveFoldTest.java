package io.kline.tools.bench;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.kline.model.Interval;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NaiveFoldTest {

    private static final List<Interval> MINUTE = List.of(Interval.parse("1m", ZoneOffset.UTC));
    private static final String FIRST = "A,60000,10,12,9,11,3.5,3\n";
    private static final String SECOND = "A,120000,8,8,8,8,1,1\n";

    @TempDir Path folder;
    private final NaiveFold fold = new NaiveFold();

    @BeforeEach
    void trades() {
        add(2, 61_000, "12.00", "1");
        add(1, 60_000, "10", "2");
        add(4, 120_000, "8", "1");
        // Late, a tie of times with the one before it, and once more.
        add(3, 61_000, "11", "0.25");
        add(3, 61_000, "11", "0.25");
        fold.add("{\"s\":\"A\",\"t\":9".getBytes(UTF_8));
        // A late one again, which is neither first nor last.
        add(0, 60_500, "9", "0.25");
    }

    private void add(long id, long time, String price, String quantity) {
        fold.add(
                "{\"e\":\"trade\",\"s\":\"A\",\"t\":%d,\"p\":\"%s\",\"q\":\"%s\",\"T\":%d,\"m\":true}"
                        .formatted(id + 100, price, quantity, time)
                        .getBytes(UTF_8));
    }

    private NaiveFold.Comparison compare(String lines) throws IOException {
        Path file = Files.writeString(folder.resolve("candles.csv"), lines);
        return fold.compare(file, MINUTE);
    }

    @Test
    void theRightCandlesAreRight() throws IOException {
        String four = FIRST.replace(",3\n", ",4\n");
        assertThat(compare(four + SECOND + "A,180000,8,8,8,8,0,0\n"))
                .isEqualTo(new NaiveFold.Comparison(2, 0, 0, null));
        assertThat(compare(four + SECOND).isRight()).isTrue();
    }

    @Test
    void aWrongOneIsFound() throws IOException {
        NaiveFold.Comparison comparison = compare(FIRST + SECOND);
        assertThat(comparison.wrong()).isEqualTo(1);
        assertThat(comparison.isRight()).isFalse();
        assertThat(comparison.text()).contains("A,60000,10,12,9,11,3.5,3 instead of");
    }

    @Test
    void aMissingOneIsFound() throws IOException {
        NaiveFold.Comparison comparison = compare(SECOND);
        assertThat(comparison.missing()).isEqualTo(1);
        assertThat(comparison.isRight()).isFalse();
    }

    @Test
    void oneWithoutTradesIsFound() throws IOException {
        assertThat(compare("B,60000,1,1,1,1,1,1\n").wrong()).isEqualTo(1);
    }

    @Test
    void largerIntervalsHoldTheirMinutes() throws IOException {
        Path file = Files.writeString(folder.resolve("candles.csv"), "A,0,10,12,8,8,4.5,5,5m\n");
        assertThat(fold.compare(file, List.of(Interval.parse("5m", ZoneOffset.UTC))).isRight())
                .isTrue();
    }
}
