package io.kline.server.stream;

import io.kline.model.Candle;
import io.kline.model.Interval;
import io.kline.model.Version;
import io.kline.server.stream.StreamName.Kind;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The candles of one symbol and interval on their way to the clients that want them. No client sees
 * the version of a candle go back, whatever Redis forgot in a fail-over. A stream of candles is in
 * {@link CandleOrder}; what comes too late for that goes to the stream of corrections alone.
 */
final class LiveSeries {

    /** The newest candles, whose versions are remembered. */
    private static final int REMEMBERED = 16;

    /** Older ones, whose versions are remembered as well: they may still be corrected. */
    private static final int REMEMBERED_OLDER = 64;

    private final Interval interval;
    private final InstantSource clock;
    private final ScheduledExecutorService timer;
    private final CandleOrder order;
    private final TreeMap<Long, Version> versions = new TreeMap<>();
    private final Map<Long, Version> olderVersions =
            new LinkedHashMap<>(REMEMBERED_OLDER, 0.75f, true) {
                @Override
                protected boolean removeEldestEntry(Map.Entry<Long, Version> eldest) {
                    return size() > REMEMBERED_OLDER;
                }
            };
    private final Set<Subscriber> subscribers = new LinkedHashSet<>();

    /** The number of the hold that is the newest. */
    private int hold;

    /** When it is looked next for what has waited long enough, ns; null if nothing waits. */
    private Long awakening;

    private Future<?> alarm;

    /** A client and the name by which it knows the stream. */
    private record Subscriber(StreamClient client, StreamName stream) {}

    /**
     * @param clock the time of messages
     * @param timer ends the waiting of candles
     */
    LiveSeries(Interval interval, InstantSource clock, ScheduledExecutorService timer) {
        this.interval = interval;
        this.clock = clock;
        this.timer = timer;
        order = new CandleOrder(interval);
    }

    /** A timer for many of them. Once it is shut down, nothing waits any more. */
    static ScheduledThreadPoolExecutor timer() {
        ScheduledThreadPoolExecutor timer =
                new ScheduledThreadPoolExecutor(
                        1,
                        task -> new Thread(task, "streams-order"),
                        new ThreadPoolExecutor.DiscardPolicy());
        // Otherwise each keeps a series, also one that nobody wants any more.
        timer.setRemoveOnCancelPolicy(true);
        return timer;
    }

    /** Adds a client, which gets the newest candle at once if there is one. */
    synchronized void add(StreamClient client, StreamName stream) {
        if (subscribers.add(new Subscriber(client, stream))
                && stream.kind() == Kind.KLINE
                && order.newest() != null) {
            client.send(stream.text(), message(Kind.KLINE, order.newest()));
        }
    }

    synchronized void remove(StreamClient client, StreamName stream) {
        subscribers.remove(new Subscriber(client, stream));
    }

    synchronized boolean isWanted() {
        return !subscribers.isEmpty();
    }

    /**
     * Where it has to be read again from: the open time of the oldest candle from which on all are
     * remembered, up to the newest that has gone out; null before one has.
     */
    synchronized Long rememberedSince() {
        if (order.newest() == null) {
            return null;
        }
        long since = order.newest().openTime();
        // An old candle that was corrected is no beginning: those behind it are not remembered.
        while (versions.containsKey(interval.openOf(since - 1))) {
            since = interval.openOf(since - 1);
        }
        return since;
    }

    /** Open time of the first candle whose close has not gone out; null before a candle has. */
    synchronized Long unclosedSince() {
        Candle newest = order.newest();
        if (newest == null) {
            return null;
        }
        return newest.closed() ? interval.nextOpen(newest.openTime()) : newest.openTime();
    }

    /** Whether a version of a candle, or a newer candle, has gone out. */
    synchronized boolean hasSent(Candle candle) {
        return order.newest() != null && candle.openTime() <= order.newest().openTime();
    }

    /** Whether a newer candle has gone out, and no close of this one has come. */
    synchronized boolean isWithoutClose(long openTime) {
        Version known = versions.getOrDefault(openTime, olderVersions.get(openTime));
        return order.newest() != null
                && openTime < order.newest().openTime()
                && (known == null || !known.closed());
    }

    /** Whether somebody wants to know of changes of candles that are over. */
    synchronized boolean wantsCorrections() {
        return subscribers.stream().anyMatch(each -> each.stream.kind() == Kind.CORRECTION);
    }

    /**
     * What was missed is going to be read: until {@link #begin} what it may belong before waits.
     *
     * @param number grows from one interruption to the next
     */
    synchronized void hold(int number) {
        hold = Math.max(hold, number);
        send(order.release(System.nanoTime()));
        order.hold(System.nanoTime());
        // That may end sooner than the waiting for a channel that is lost.
        awakeInTime();
    }

    /**
     * What comes is missed from now on, and will be read.
     *
     * @param number grows from one interruption to the next
     */
    synchronized void lose(int number) {
        if (order.newest() == null) {
            // There is no close that could be missed.
            return;
        }
        hold = Math.max(hold, number);
        send(order.release(System.nanoTime()));
        order.lose(System.nanoTime());
    }

    /** Whether candles wait for that. */
    synchronized boolean isHeld() {
        return order.isHeld(System.nanoTime());
    }

    /** It could not be read yet. */
    synchronized void holdOn() {
        order.holdOn(System.nanoTime());
    }

    /**
     * It is not read, for now or at all.
     *
     * @param number of the hold after which that began: a later one goes on
     */
    synchronized void letGo(int number) {
        if (number >= hold) {
            order.letGo();
            send(order.release(System.nanoTime()));
        }
    }

    /**
     * What was missed, and the newest candle, have been passed. Before that a correction of an old
     * one could not be told from it.
     *
     * @param number of the hold after which it was read: what a later one waits for is still read
     */
    synchronized void begin(int number) {
        if (number < hold) {
            return;
        }
        List<Candle> older = order.begin();
        send(order.release(System.nanoTime()));
        older.stream().filter(Candle::closed).forEach(each -> send(Kind.CORRECTION, each));
    }

    /** Passes a candle on in its turn, unless it or a newer version of it has come already. */
    synchronized void accept(Candle candle) {
        if (!isNew(candle)) {
            return;
        }
        if (order.isOver(candle)) {
            send(Kind.CORRECTION, candle);
        } else {
            send(order.accept(candle, System.nanoTime()));
        }
    }

    private boolean isNew(Candle candle) {
        // What is older than the first one is no beginning for what has to be read again.
        boolean isOld = !versions.isEmpty() && candle.openTime() < versions.firstKey();
        Map<Long, Version> passed = isOld ? olderVersions : versions;
        // The newest may be forgotten, with many that wait behind it.
        Candle newest = order.newest();
        Version known =
                newest != null && newest.openTime() == candle.openTime()
                        ? newest.version()
                        : passed.get(candle.openTime());
        if (known != null && candle.version().compareTo(known) <= 0) {
            return false;
        }
        passed.put(candle.openTime(), candle.version());
        if (versions.size() > REMEMBERED) {
            Map.Entry<Long, Version> older = versions.pollFirstEntry();
            olderVersions.put(older.getKey(), older.getValue());
        }
        return true;
    }

    private synchronized void awake(Long time) {
        // Another alarm may have taken the place of one that waited for the lock.
        if (time.equals(awakening)) {
            awakening = null;
            send(order.release(System.nanoTime()));
        }
    }

    private void send(List<Candle> candles) {
        candles.forEach(candle -> send(Kind.KLINE, candle));
        awakeInTime();
    }

    private void awakeInTime() {
        OptionalLong deadline = order.deadline();
        // What is read sooner than expected brings it forward.
        if (deadline.isPresent() && (awakening == null || deadline.getAsLong() - awakening < 0)) {
            if (awakening != null) {
                alarm.cancel(false);
            }
            Long next = deadline.getAsLong();
            awakening = next;
            alarm =
                    timer.schedule(
                            () -> awake(next), next - System.nanoTime(), TimeUnit.NANOSECONDS);
        }
    }

    private void send(Kind kind, Candle candle) {
        StreamMessage message = null;
        for (Subscriber each : subscribers) {
            if (each.stream.kind() == kind) {
                message = message == null ? message(kind, candle) : message;
                each.client.send(each.stream.text(), message);
            }
        }
    }

    private StreamMessage message(Kind kind, Candle candle) {
        return new StreamMessage(kind.event(), candle, clock.millis());
    }
}
