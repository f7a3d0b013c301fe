package io.kline.tools.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kline.model.Trade;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class GeneratorTest {

    private static final long START = 1_800_000_000_000L;
    private static final int MINUTES = 20;

    private static final List<Delivery> DELIVERIES = new ArrayList<>();
    private static final Map<String, List<Trade>> TRADES = new TreeMap<>();

    @BeforeAll
    static void generate() {
        Generator generator = new Generator(42, Generator.DEFAULT_SYMBOLS, START);
        Map<String, Set<Long>> known = new TreeMap<>();
        Delivery next = generator.next();
        while (next.time() < START + MINUTES * 60_000) {
            DELIVERIES.add(next);
            Trade trade = next.trade();
            if (known.computeIfAbsent(trade.symbol(), s -> new HashSet<>()).add(trade.id())) {
                TRADES.computeIfAbsent(trade.symbol(), s -> new ArrayList<>()).add(trade);
            }
            next = generator.next();
        }
        TRADES.values().forEach(trades -> trades.sort(Comparator.comparingLong(Trade::id)));
    }

    @Test
    void theSameSeedMakesTheSameMarket() {
        Generator again = new Generator(42, Generator.DEFAULT_SYMBOLS, START);
        Generator other = new Generator(43, Generator.DEFAULT_SYMBOLS, START);
        List<Delivery> others = new ArrayList<>();

        for (Delivery delivery : DELIVERIES.subList(0, 10_000)) {
            assertThat(again.next()).isEqualTo(delivery);
            others.add(other.next());
        }
        assertThat(others).isNotEqualTo(DELIVERIES.subList(0, 10_000));
    }

    @Test
    void idsAreContiguousAndGrowWithTheTime() {
        TRADES.forEach(
                (symbol, trades) -> {
                    long end = START + MINUTES * 60_000 - Generator.MAX_DELAY;
                    long id = START * Generator.IDS_PER_MILLI;
                    long time = START;
                    for (Trade trade : trades) {
                        if (trade.time() < end) {
                            assertThat(trade.id()).as(symbol).isEqualTo(id++);
                        }
                        assertThat(trade.time()).as(symbol).isGreaterThanOrEqualTo(time);
                        time = trade.time();
                    }
                });
    }

    @Test
    void deliveriesNeverGoBackAndFewAreLateOrRepeated() {
        long time = START;
        long late = 0;
        for (Delivery delivery : DELIVERIES) {
            long delay = delivery.time() - delivery.trade().time();
            assertThat(delivery.time()).isGreaterThanOrEqualTo(time);
            if (delay != 0) {
                assertThat(delay).isBetween((long) Generator.MIN_DELAY, (long) Generator.MAX_DELAY);
                late++;
            }
            time = delivery.time();
        }
        long distinct = TRADES.values().stream().mapToLong(List::size).sum();
        double all = DELIVERIES.size();

        assertThat(late / all).isBetween(0.004, 0.008);
        assertThat((all - distinct) / all).isBetween(0.0002, 0.001);
    }

    @Test
    void activityFallsFromManyPerSecondToOneInMinutes() {
        assertThat(TRADES.get("BTCUSDT").size() / (MINUTES * 60)).isBetween(60, 160);
        assertThat(TRADES.get("ETHUSDT").size()).isLessThan(TRADES.get("BTCUSDT").size());

        assertThat(TRADES.values().stream().filter(trades -> trades.size() < MINUTES).count())
                .isGreaterThan(3);
        assertThat(TRADES.values().stream().filter(GeneratorTest::isActiveYetSilent).count())
                .isGreaterThan(3);
    }

    private static boolean isActiveYetSilent(List<Trade> trades) {
        long pause = 0;
        for (int i = 1; i < trades.size(); i++) {
            pause = Math.max(pause, trades.get(i).time() - trades.get(i - 1).time());
        }
        return trades.size() > MINUTES * 15 && pause > 60_000;
    }

    @Test
    void pricesAndQuantitiesAreOnTheirGridsAndSane() {
        for (Instrument instrument : Instruments.ALL.subList(0, Generator.DEFAULT_SYMBOLS)) {
            BigDecimal price = instrument.price();
            for (Trade trade : TRADES.getOrDefault(instrument.symbol(), List.of())) {
                assertThat(trade.price().scale()).isEqualTo(instrument.tickScale());
                assertThat(trade.quantity().scale()).isEqualTo(instrument.lotScale());
                assertThat(trade.quantity().signum()).isPositive();
                assertThat(trade.price())
                        .isBetween(
                                price.multiply(new BigDecimal("0.8")),
                                price.multiply(new BigDecimal("1.2")));
                assertThat(trade.count()).isOne();
            }
        }
    }

    @Test
    void takersMoveThePrice() {
        long agree = 0;
        long moves = 0;
        List<Trade> trades = TRADES.get("BTCUSDT");
        for (int i = 1; i < trades.size(); i++) {
            int direction = trades.get(i).price().compareTo(trades.get(i - 1).price());
            if (direction != 0) {
                moves++;
                agree += direction > 0 != trades.get(i).buyerIsMaker() ? 1 : 0;
            }
        }
        assertThat((double) agree / moves).isBetween(0.6, 0.95);
    }

    @Test
    void thePastIsToldInFewerTradesOfTheSameVolume() {
        long present = START + 3_600_000;
        Generator generator = new Generator(5, 1, START, present);
        long past = 0;
        BigDecimal pastVolume = BigDecimal.ZERO;
        long live = 0;
        BigDecimal liveVolume = BigDecimal.ZERO;
        for (Delivery next = generator.next();
                next.time() < present + 3_600_000;
                next = generator.next()) {
            Trade trade = next.trade();
            if (trade.time() < present) {
                past++;
                pastVolume = pastVolume.add(trade.quantity());
            } else {
                live++;
                liveVolume = liveVolume.add(trade.quantity());
            }
        }
        assertThat((double) live / past).isBetween(140.0, 260.0);
        assertThat(liveVolume.doubleValue() / pastVolume.doubleValue()).isBetween(0.7, 1.4);
    }

    @Test
    void theNumberOfSymbolsIsLimited() {
        assertThat(new Generator(1, 1, START).next().trade().symbol()).isEqualTo("BTCUSDT");
        assertThat(Instruments.ALL.stream().map(Instrument::symbol)).doesNotHaveDuplicates();
        assertThatThrownBy(() -> new Generator(1, 0, START))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Generator(1, Generator.MAX_SYMBOLS + 1, START))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1 to 200");
    }
}
