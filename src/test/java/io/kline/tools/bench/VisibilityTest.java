package io.kline.tools.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class VisibilityTest {

    private static final long BEGIN = 1_767_225_600_000L;
    private static final FeedPace PACE = FeedPace.steady(5_000, 5_000);

    private static Load load() {
        return new Load(Shape.HOT, 3, BEGIN, PACE);
    }

    @Test
    void aCandleShowsAllTradesOfItsSymbolUpToItsLast() {
        List<LoadRecord> own = new ArrayList<>();
        Load load = load();
        for (int i = 0; i < PACE.records(); i++) {
            LoadRecord record = load.next();
            if (new String(record.key()).equals("B00007USDT")
                    && record.kind() == LoadRecord.Kind.IN_ORDER) {
                own.add(record);
            }
        }
        Visibility visibility = new Visibility(load(), PACE.records(), "B00007USDT"::equals);
        LoadRecord tenth = own.get(9);
        Histogram until = visibility.window(BEGIN, tenth.time());
        Histogram from = visibility.window(tenth.time(), BEGIN + PACE.millis());
        assertThat(visibility.symbols()).containsExactly("B00007USDT");
        assertThat(visibility.left()).isEqualTo(own.size());

        visibility.seen("B00007USDT", tenth.id(), (tenth.time() + 40) * 1_000);
        visibility.seen("B00007USDT", tenth.id(), (tenth.time() + 90) * 1_000);

        assertThat(visibility.left()).isEqualTo(own.size() - 10);
        assertThat(until.getTotalCount()).isEqualTo(9);
        assertThat(from.getTotalCount()).isEqualTo(1);
        assertThat(from.getMaxValue()).isBetween(40_000L, 40_100L);
        // The first has waited since it was due, not since the last one was.
        long first = (tenth.time() - own.get(0).time() + 40) * 1_000;
        assertThat(until.getMaxValue()).isBetween(first, first + first / 500);
    }

    @Test
    void messagesAreRead() {
        Visibility visibility = new Visibility(load(), PACE.records(), "B00007USDT"::equals);
        long all = visibility.left();
        CandleProbe.ofRedis(visibility)
                .message(
                        "{\"t\":1,\"s\":\"B00007USDT\",\"L\":3,\"lt\":9,\"li\":9999999999,\"r\":0}");
        assertThat(visibility.left()).isZero();
        Visibility other = new Visibility(load(), PACE.records(), "B00007USDT"::equals);
        CandleProbe.ofSocket(other)
                .message("{\"data\":{\"s\":\"B00007USDT\",\"k\":{\"f\":1,\"L\":-1,\"n\":0}}}");
        assertThat(other.left()).isEqualTo(all);
    }
}
