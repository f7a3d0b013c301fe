package io.kline.server.stream;

import io.kline.model.Candle;
import io.kline.model.Interval;
import io.kline.query.RollingCandle;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.ObjIntConsumer;

/** A channel in Redis, and the series that are made of its candles. Thread safe. */
final class Channel {

    private final String symbol;
    private final Interval interval;
    private final Function<Interval, LiveSeries> opener;
    private final LiveSeries plain;
    private final Map<Interval, ZonedSeries> zoned = new ConcurrentHashMap<>();

    /** How often it was lost or held. */
    private int interruptions;

    private volatile int newestHold;
    private volatile boolean followed;
    private volatile long lastHeard;

    /**
     * @param opener makes an empty series
     */
    Channel(String symbol, Interval interval, Function<Interval, LiveSeries> opener) {
        this.symbol = symbol;
        this.interval = interval;
        this.opener = opener;
        plain = opener.apply(interval);
    }

    String symbol() {
        return symbol;
    }

    /** The interval of its candles. */
    Interval interval() {
        return interval;
    }

    /** Its candles as they are. */
    LiveSeries plain() {
        return plain;
    }

    /** Those that are made of them. */
    List<ZonedSeries> zoned() {
        return List.copyOf(zoned.values());
    }

    /** Whether Redis was asked for it: not before the symbol is known. */
    boolean isFollowed() {
        return followed;
    }

    void follow() {
        followed = true;
    }

    /** What comes of it is missed from now on, and read when it is followed again. */
    synchronized void lose() {
        interrupt(LiveSeries::lose);
    }

    /** What was missed of it is going to be read. */
    synchronized void hold() {
        interrupt(LiveSeries::hold);
        newestHold = interruptions;
    }

    private void interrupt(ObjIntConsumer<LiveSeries> action) {
        interruptions++;
        action.accept(plain, interruptions);
        zoned.values().forEach(each -> action.accept(each.series(), interruptions));
    }

    /** The number of its newest hold, lower than that of a loss since; 0 at first. */
    int newestHold() {
        return newestHold;
    }

    /** What was missed could not be read yet. */
    void holdOn() {
        plain.holdOn();
        zoned.values().forEach(each -> each.series().holdOn());
    }

    /**
     * What was missed cannot be read.
     *
     * @param hold the number of that after which it was tried
     */
    void giveUp(int hold) {
        plain.begin(hold);
        zoned.values().forEach(each -> each.series().letGo(hold));
    }

    /** Something has come of it, at a time in ms. */
    void heard(long time) {
        lastHeard = time;
    }

    /** When something has come of it for the last time, ms; 0 at first. */
    long lastHeard() {
        return lastHeard;
    }

    /**
     * Adds a client.
     *
     * @return whether stored candles have to be read for it, though the channel is followed
     */
    boolean add(StreamClient client, StreamName name) {
        boolean isNew = isZoned(name) && !zoned.containsKey(name.interval());
        series(name).add(client, name);
        return isNew && followed;
    }

    void remove(StreamClient client, StreamName name) {
        LiveSeries series = series(name);
        series.remove(client, name);
        if (isZoned(name) && !series.isWanted()) {
            zoned.remove(name.interval());
        }
    }

    boolean isWanted() {
        return plain.isWanted() || !zoned.isEmpty();
    }

    void accept(Candle candle) {
        plain.accept(candle);
        zoned.values().forEach(series -> series.accept(candle));
    }

    private LiveSeries series(StreamName name) {
        return isZoned(name)
                ? zoned.computeIfAbsent(
                                name.interval(),
                                target ->
                                        new ZonedSeries(
                                                new RollingCandle(target, interval),
                                                opener.apply(target)))
                        .series()
                : plain;
    }

    private static boolean isZoned(StreamName name) {
        return !name.interval().equals(name.source());
    }
}
