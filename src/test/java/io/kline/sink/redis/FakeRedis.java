package io.kline.sink.redis;

import io.kline.model.Candle;
import io.kline.store.KlineJson;
import io.kline.store.redis.Call;
import io.kline.store.redis.RedisConnection;
import io.kline.store.redis.Reply;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import redis.clients.jedis.Protocol.Command;

/** Executes every call, unless set otherwise, when the test lets it. */
final class FakeRedis implements RedisConnection {

    static final Reply ADDED = new Reply.Answer(1L);

    /** Candles of each call of the script, in the order of arrival. */
    final List<List<Candle>> calls = new CopyOnWriteArrayList<>();

    /** A permit for every {@code ask}. */
    final Semaphore permits;

    volatile Function<List<Candle>, Reply> behaviour = FakeRedis::accept;
    volatile Reply symbolsReply = ADDED;

    /** How often symbols were to be added to the known ones. */
    final AtomicInteger symbolCalls = new AtomicInteger();

    volatile long epoch;
    volatile boolean closed;

    FakeRedis(int permits) {
        this.permits = new Semaphore(permits);
    }

    /** One that answers at once. */
    static FakeRedis willing() {
        return new FakeRedis(Integer.MAX_VALUE);
    }

    static Reply accept(List<Candle> candles) {
        return results(candles, 1);
    }

    static Reply results(List<Candle> candles, long bits) {
        return new Reply.Answer(candles.stream().map(any -> bits).toList());
    }

    @Override
    public List<Reply> ask(List<Call> asked) {
        try {
            permits.acquire();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        List<Reply> replies = new ArrayList<>();
        for (Call call : asked) {
            if (call.command() == Command.SADD) {
                symbolCalls.incrementAndGet();
                replies.add(symbolsReply);
            } else {
                List<Candle> candles = candles(call);
                calls.add(candles);
                replies.add(behaviour.apply(candles));
            }
        }
        return replies;
    }

    @Override
    public long epoch() {
        return epoch;
    }

    @Override
    public Object server(String key) {
        return "fake";
    }

    @Override
    public int topologies() {
        return 1;
    }

    @Override
    public void close() {
        closed = true;
    }

    private static List<Candle> candles(Call call) {
        List<Candle> candles = new ArrayList<>();
        byte[][] args = call.args().get();
        int keys = Integer.parseInt(text(args[1]));
        for (int i = 2 + keys + 4; i < args.length; i += 2) {
            candles.add(KlineJson.read(text(args[i])));
        }
        return candles;
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
