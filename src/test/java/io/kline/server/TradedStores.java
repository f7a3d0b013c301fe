package io.kline.server;

import io.kline.model.Candle;
import io.kline.model.Interval;
import io.kline.model.Trade;
import io.kline.store.KlineJson;
import io.kline.store.redis.RedisKeys;
import io.kline.testing.CandleBuilder;
import io.kline.testing.CandleStores;
import io.kline.testing.NaiveCandles;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Real stores with the candles of two symbols up to now, and the trades that they are made of. */
final class TradedStores {

    static final String BTC = "BTCUSDT";
    static final String ETH = "ETHUSDT";
    static final long MINUTE = 60_000;
    static final long DAY = 1_440 * MINUTE;

    private static final int IN_REDIS = 1_500;

    private final List<Trade> trades = new ArrayList<>();

    /** The shared servers with nothing but these candles. */
    CandleStores fill() throws Exception {
        CandleStores stores = TestStores.empty();
        long end = System.currentTimeMillis();
        for (String symbol : List.of(BTC, ETH)) {
            List<Trade> some = random(symbol, end - (symbol.equals(BTC) ? 8 : 2) * DAY, end);
            trades.addAll(some);
            for (Interval interval : CandleStores.intervals("1m", "1h", "1d")) {
                stores.fill(NaiveCandles.of(some, interval, end, end), IN_REDIS);
            }
        }
        return stores;
    }

    /** What the trades of a symbol did from a time on, as Binance's fields have it. */
    Figures figures(String symbol, long from) {
        Figures figures = new Figures();
        trades.stream().filter(trade -> trade.symbol().equals(symbol)).forEach(figures::last);
        trades.stream()
                .filter(trade -> trade.symbol().equals(symbol) && trade.time() >= from)
                .forEach(figures::add);
        return figures;
    }

    /** One more trade in the newest candle of a symbol, in Redis and on the channel. */
    void trade(CandleStores stores, String symbol, String price) {
        Candle now = KlineJson.read(stores.redis.get(RedisKeys.latest(symbol, "1m")));
        long id = now.lastId() + 1;
        BigDecimal at = new BigDecimal(price);
        trades.add(new Trade(symbol, id, id, at, BigDecimal.ONE, now.openTime() + 59_999, false));
        boolean flat = now.isFlat();
        Candle next =
                CandleBuilder.like(now)
                        .prices(
                                flat ? at : now.open(),
                                flat ? at : now.high().max(at),
                                flat ? at : now.low().min(at),
                                at)
                        .volume(now.volume().add(BigDecimal.ONE), now.quoteVolume().add(at))
                        .count(now.count() + 1)
                        .first(flat ? id : now.firstTradeId())
                        .last(now.openTime() + 59_999, id)
                        .build();
        stores.toLatest(next);
        stores.redis.publish(RedisKeys.latest(symbol, "1m"), KlineJson.write(next));
    }

    /** Sums of trades. */
    static final class Figures {
        BigDecimal open;
        BigDecimal high;
        BigDecimal low;
        BigDecimal last;
        BigDecimal volume = BigDecimal.ZERO;
        BigDecimal quote = BigDecimal.ZERO;
        long firstId = -1;
        long lastId = -1;
        long lastTime;
        long count;

        private void last(Trade trade) {
            last = trade.price();
            lastTime = trade.time();
        }

        private void add(Trade trade) {
            if (count == 0) {
                open = trade.price();
                firstId = trade.firstId();
            }
            high = high == null ? trade.price() : high.max(trade.price());
            low = low == null ? trade.price() : low.min(trade.price());
            volume = volume.add(trade.quantity());
            quote = quote.add(trade.price().multiply(trade.quantity()));
            lastId = trade.lastId();
            count++;
        }

        String average() {
            return count == 0 ? plain(last) : plain(quote.divide(volume, 8, RoundingMode.HALF_UP));
        }

        /** The object of the type FULL, without the times. */
        String json(String symbol, long openTime, long closeTime) {
            BigDecimal from = count == 0 ? last : open;
            BigDecimal change = last.subtract(from);
            return "{\"symbol\":\"%s\",\"priceChange\":\"%s\",\"priceChangePercent\":\"%s\",\"weightedAvgPrice\":\"%s\","
                            .formatted(
                                    symbol,
                                    plain(change),
                                    change.multiply(BigDecimal.valueOf(100))
                                            .divide(from, 3, RoundingMode.HALF_UP)
                                            .toPlainString(),
                                    average())
                    + mini(openTime, closeTime);
        }

        /** The fields of the type MINI behind the symbol. */
        String mini(long openTime, long closeTime) {
            return "\"openPrice\":\"%s\",\"highPrice\":\"%s\",\"lowPrice\":\"%s\",\"lastPrice\":\"%s\",\"volume\":\"%s\","
                            .formatted(
                                    plain(count == 0 ? last : open),
                                    plain(count == 0 ? last : high),
                                    plain(count == 0 ? last : low),
                                    plain(last),
                                    plain(volume))
                    + "\"quoteVolume\":\"%s\",\"openTime\":%d,\"closeTime\":%d,\"firstId\":%d,\"lastId\":%d,\"count\":%d}"
                            .formatted(plain(quote), openTime, closeTime, firstId, lastId, count);
        }
    }

    static String plain(BigDecimal value) {
        return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
    }

    private static List<Trade> random(String symbol, long from, long to) {
        Random random = new Random(symbol.hashCode());
        List<Trade> trades = new ArrayList<>();
        long time = from;
        for (long id = 1; time < to; id++) {
            trades.add(
                    new Trade(
                            symbol,
                            id,
                            id,
                            BigDecimal.valueOf(500_000 + random.nextInt(1_000_000), 2),
                            BigDecimal.valueOf(1 + random.nextInt(1_000_000), 4),
                            time,
                            random.nextBoolean()));
            time += 1 + random.nextLong(8 * MINUTE);
        }
        return trades;
    }
}
