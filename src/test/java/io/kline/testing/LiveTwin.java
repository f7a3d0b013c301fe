package io.kline.testing;

import io.kline.candle.CandleOutput;
import io.kline.candle.Rules;
import io.kline.candle.SymbolCandles;
import io.kline.model.Candle;
import io.kline.model.KlineEvent;
import io.kline.model.LateTrade;
import io.kline.model.Trade;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/**
 * A live job on a random market, without Flink. Merges, watermarks and ticks come at random
 * moments, and it goes back at random to any of its earlier snapshots.
 */
public final class LiveTwin implements CandleOutput {

    private record Snapshot(SymbolCandles candles, int position) {}

    private final RandomMarket market;
    private final Random random;
    private final Consumer<Candle> stores;
    private final Consumer<KlineEvent> topic;
    private final List<Snapshot> snapshots = new ArrayList<>();
    private SymbolCandles candles;
    private int position;
    private int restores;
    private long now = 1;

    /**
     * @param stores takes all candles
     * @param topic takes closed ones, and late trades
     */
    public LiveTwin(RandomMarket market, Consumer<Candle> stores, Consumer<KlineEvent> topic) {
        this.market = market;
        this.random = market.random;
        this.stores = stores;
        this.topic = topic;
        candles = new SymbolCandles(RandomMarket.SYMBOL, market.rulesAt(0));
        restores = random.nextInt(8);
        snapshot();
    }

    /** Whether it has read all records. */
    public boolean isThrough() {
        return position == market.records.size();
    }

    /** Reads a record. */
    public void step() {
        Rules rules = market.rulesAt(position);
        Trade trade = market.records.get(position++);
        market.present = Math.max(market.present, trade.time());
        candles.offer(trade, rules);
        now += random.nextInt(2_000);
        if (random.nextInt(100) < 40) {
            candles.merge(random.nextBoolean() ? 0 : past(), now, rules, this);
        }
        if (random.nextInt(100) < 15) {
            candles.tick(past(), now, rules, this);
        }
        if (random.nextInt(100) < 30) {
            candles.fill(now, 1 + random.nextInt(50), rules, this);
        }
        if (random.nextInt(100) < 5) {
            candles.reissue(rules, this);
        }
        if (random.nextInt(100) < 10) {
            candles.refresh(rules, this);
        }
        if (random.nextInt(100) < 20) {
            snapshot();
        }
        if (restores > 0 && random.nextInt(100) < 10) {
            restores--;
            Snapshot from = market.any(snapshots);
            candles = from.candles().copy();
            position = from.position();
        }
    }

    /** Brings all candles up to a time, ms. */
    public void finish(long end) {
        Rules rules = market.rulesAt(position);
        candles.tick(end, now, rules, this);
        candles.refresh(rules, this);
        while (candles.nextFill() != Long.MAX_VALUE) {
            now = Math.max(now, candles.nextFill());
            candles.fill(now, 100, rules, this);
        }
    }

    @Override
    public void candle(Candle candle) {
        stores.accept(candle);
        if (candle.closed()) {
            topic.accept(new KlineEvent.Closed(candle));
        }
    }

    @Override
    public void again(Candle candle) {
        stores.accept(candle);
    }

    @Override
    public void late(LateTrade trade) {
        topic.accept(new KlineEvent.Late(trade));
    }

    private void snapshot() {
        snapshots.add(new Snapshot(candles.copy(), position));
    }

    /** Rather now than long ago. */
    private long past() {
        return market.present - (long) (random.nextDouble() * random.nextDouble() * 3e6);
    }
}
