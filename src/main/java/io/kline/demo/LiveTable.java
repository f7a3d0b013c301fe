package io.kline.demo;

import io.kline.store.KlineJson;
import io.kline.store.RedisKeys;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.Response;
import redis.clients.jedis.exceptions.JedisException;

/**
 * A table of the most active symbols, read from Redis again and again: drawn in place every second
 * on a terminal, else printed every ten seconds.
 */
public final class LiveTable implements Runnable, AutoCloseable {

    /** Number of symbols the demo shows. */
    public static final int DEFAULT_SYMBOLS = 15;

    private static final String CLEAR_BELOW = "\u001b[J";
    private static final String WRAP_OFF = "\u001b[?7l";
    private static final String WRAP_ON = "\u001b[?7h";

    private final String address;
    private final RedisClient redis;
    private final int symbols;
    private final PrintStream out;
    private final boolean terminal;
    private int drawn;

    /**
     * @param symbols how many are shown
     * @param terminal whether {@code out} understands ANSI cursor control
     */
    public LiveTable(String host, int port, int symbols, PrintStream out, boolean terminal) {
        this.address = host + ":" + port;
        this.redis = RedisClient.create(host, port);
        this.symbols = symbols;
        this.out = out;
        this.terminal = terminal;
    }

    /** The table on the standard output. */
    public static LiveTable onStandardOutput(String host, int port, int symbols) {
        return new LiveTable(host, port, symbols, System.out, System.console() != null);
    }

    /** Prints until the thread is interrupted. While Redis is away a line says so. */
    @Override
    public void run() {
        try {
            while (true) {
                out.print(frame(lines()));
                out.flush();
                TimeUnit.SECONDS.sleep(terminal ? 1 : 10);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private List<String> lines() {
        try {
            Collection<LatestCandles> candles = read();
            return candles.isEmpty()
                    ? List.of("no candles yet")
                    : LiveTableText.lines(candles, symbols, System.currentTimeMillis());
        } catch (JedisException e) {
            return List.of("Redis at " + address + ": " + e.getMessage());
        }
    }

    private Collection<LatestCandles> read() {
        record Replies(Response<String> minute, Response<String> day) {}
        List<Replies> replies = new ArrayList<>();
        try (AbstractPipeline pipeline = redis.pipelined()) {
            for (String symbol : redis.smembers(RedisKeys.SYMBOLS)) {
                replies.add(
                        new Replies(
                                pipeline.get(RedisKeys.latest(symbol, "1m")),
                                pipeline.get(RedisKeys.latest(symbol, "1d"))));
            }
            pipeline.sync();
        }
        List<LatestCandles> candles = new ArrayList<>();
        for (Replies reply : replies) {
            String minute = reply.minute().get();
            String day = reply.day().get();
            if (minute != null && day != null) {
                candles.add(new LatestCandles(KlineJson.read(minute), KlineJson.read(day)));
            }
        }
        return candles;
    }

    /** The text that replaces the frame drawn before by {@code lines}. */
    private String frame(List<String> lines) {
        if (!terminal) {
            return String.join("\n", lines) + "\n\n";
        }
        String up = drawn == 0 ? "" : "\u001b[" + drawn + "A";
        drawn = lines.size();
        return up + CLEAR_BELOW + WRAP_OFF + String.join("\n", lines) + "\n" + WRAP_ON;
    }

    @Override
    public void close() {
        redis.close();
    }
}
