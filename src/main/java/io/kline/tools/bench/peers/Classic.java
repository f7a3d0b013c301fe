package io.kline.tools.bench.peers;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The design that Kline replaces, as consumers on many machines have it: for each trade a lock of
 * its symbol in Redis, the fold in memory, a script call per interval, and a row of MySQL per
 * candle that has ended or is corrected, one after the other. Parser, script and statement are
 * ours.
 *
 * <p>It differs from ours: a duplicate counts twice. Nothing is kept over a crash, and no offset is
 * committed here. A timer task made flat candles; there is none here. Candles are closed by the
 * next trade of their symbol alone. It needs Redis and MySQL, and is slow: give it few records.
 */
final class Classic implements Peer {

    @Override
    public MinuteCandles run(PeerInput input) throws Exception {
        MinuteCandles minutes = new MinuteCandles();
        Map<String, ClassicSymbol> symbols = new ConcurrentHashMap<>();
        Partitions.read(
                input,
                () ->
                        new ClassicReader(
                                symbols,
                                minutes,
                                new RedisCandles(input.redisSettings()),
                                input.mysqlLogin().connect()));
        return minutes;
    }
}
