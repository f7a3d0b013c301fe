package io.kline.tools.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;

class FiguresTest {

    private final Figures figures =
            new Figures("test", new PrintStream(new ByteArrayOutputStream()));

    private static List<Reading> cpu(double value) {
        return List.of(new Reading("cpu", "s", value));
    }

    @Test
    void variantsTakeTurns() throws Exception {
        List<String> order = new ArrayList<>();
        new Pairing()
                .with("a", () -> order(order, "a"))
                .with("b", () -> order(order, "b"))
                .play(2, figures);
        assertThat(order).containsExactly("a", "b", "a", "b");
    }

    private static List<Reading> order(List<String> order, String variant) {
        order.add(variant);
        return List.of();
    }

    @Test
    void aWrongRunDoesNotCount() throws Exception {
        Iterator<Double> values = List.of(1.0, -1.0, 3.0).iterator();
        new Pairing()
                .with(
                        "a",
                        () -> {
                            double value = values.next();
                            if (value < 0) {
                                throw new WrongResultException("a candle is missing");
                            }
                            return cpu(value);
                        })
                .play(3, figures);
        assertThat(figures.wrong()).containsExactly("a, run 2: a candle is missing");
        assertThat(figures.get("a", "cpu").values().values()).containsExactly(1.0, 3.0);
        assertThat(figures.get("a", "cpu").median()).isEqualTo(2);
    }

    @Test
    void ratiosAreOfTheSameRun() {
        figures.add(1, "a", cpu(2));
        figures.add(1, "b", cpu(1));
        figures.add(2, "a", cpu(9));
        figures.add(3, "a", cpu(40));
        figures.add(3, "b", cpu(10));
        figures.ratio("a", "b", "cpu");
        Figure ratio = figures.get("a / b", "cpu");
        assertThat(ratio.values().values()).containsExactly(2.0, 4.0);
        figures.goal("a / b", "cpu", Goal.atMost(2.5));
        assertThat(ratio.line()).contains("3.00", "2.00 to 4.00", "at most 2.50000: NOT met");
    }
}
