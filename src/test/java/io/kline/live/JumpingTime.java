package io.kline.live;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledFuture;
import org.apache.flink.streaming.runtime.tasks.ProcessingTimeService;
import org.apache.flink.util.clock.Clock;

/**
 * A wall clock that is set, and timers that do not notice: as in Flink, their delay is fixed when
 * they are registered.
 */
final class JumpingTime implements ProcessingTimeService {

    private record Timer(long due, long timestamp, ProcessingTimeCallback target) {}

    private final List<Timer> timers = new ArrayList<>();
    private long elapsed;
    private long ahead;

    JumpingTime(long wall) {
        ahead = wall;
    }

    /** Time that has passed, ms. */
    long elapsed() {
        return elapsed;
    }

    /** The wall clock is set by so much, ms. */
    void jump(long by) {
        ahead += by;
    }

    /** Time passes, ms. */
    void pass(long millis) throws Exception {
        long end = elapsed + millis;
        while (!timers.isEmpty()) {
            timers.sort(Comparator.comparingLong(Timer::due));
            if (timers.get(0).due() > end) {
                break;
            }
            Timer next = timers.remove(0);
            elapsed = Math.max(elapsed, next.due());
            next.target().onProcessingTime(next.timestamp());
        }
        elapsed = Math.max(elapsed, end);
    }

    /** Work takes time, ms. */
    void work(long millis) {
        elapsed += millis;
    }

    @Override
    public ScheduledFuture<?> registerTimer(long timestamp, ProcessingTimeCallback target) {
        long delay = Math.max(timestamp - getCurrentProcessingTime(), 0) + 1;
        timers.add(new Timer(elapsed + delay, timestamp, target));
        return null;
    }

    @Override
    public Clock getClock() {
        return new Clock() {
            @Override
            public long absoluteTimeMillis() {
                return elapsed + ahead;
            }

            @Override
            public long relativeTimeMillis() {
                return elapsed;
            }

            @Override
            public long relativeTimeNanos() {
                return elapsed * 1_000_000;
            }
        };
    }

    @Override
    public ScheduledFuture<?> scheduleAtFixedRate(
            ProcessingTimeCallback callback, long initialDelay, long period) {
        throw new UnsupportedOperationException();
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(
            ProcessingTimeCallback callback, long initialDelay, long period) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletableFuture<Void> quiesce() {
        throw new UnsupportedOperationException();
    }
}
