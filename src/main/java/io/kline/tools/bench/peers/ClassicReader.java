package io.kline.tools.bench.peers;

import io.kline.config.IntervalOptions;
import io.kline.model.Candle;
import io.kline.model.Interval;
import io.kline.model.Trade;
import io.kline.store.mysql.KlineUpsert;
import io.kline.store.redis.Call;
import io.kline.store.redis.Reply;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import redis.clients.jedis.Protocol.Command;

/** Does all work of a trade before it takes the next one. */
final class ClassicReader implements Partitions.Reader {

    private static final String LOCK_MS = "10000";

    private final TradeReader reader = new TradeReader();
    private final Map<String, ClassicSymbol> symbols;
    private final MinuteCandles minutes;
    private final RedisCandles redis;
    private final Connection mysql;
    private final PreparedStatement upsert;

    /**
     * @param symbols of all threads
     */
    ClassicReader(
            Map<String, ClassicSymbol> symbols,
            MinuteCandles minutes,
            RedisCandles redis,
            Connection mysql)
            throws SQLException {
        this.symbols = symbols;
        this.minutes = minutes;
        this.redis = redis;
        this.mysql = mysql;
        this.upsert = mysql.prepareStatement(KlineUpsert.SQL);
    }

    @Override
    public void take(ConsumerRecord<byte[], byte[]> record) throws Exception {
        Trade trade = reader.read(record);
        if (trade == null) {
            return;
        }
        String lock = "lock:{" + trade.symbol() + "}";
        while (ask(Call.of(Command.SET, lock, "1", "NX", "PX", LOCK_MS)) == null) {
            Thread.onSpinWait();
        }
        ClassicSymbol symbol =
                symbols.computeIfAbsent(trade.symbol(), first -> new ClassicSymbol());
        for (Interval interval : IntervalOptions.DEFAULT_INTERVALS) {
            write(symbol.fold(trade, interval));
        }
        ask(Call.of(Command.DEL, lock));
    }

    private void write(ClassicSymbol.Change change) throws SQLException {
        Candle changed = change.changed();
        if (change.ended() != null) {
            KlineUpsert.bind(upsert, change.ended());
            upsert.executeUpdate();
        }
        redis.add(changed.symbol(), List.of(changed));
        redis.flush();
        if (changed.interval().equals("1m")) {
            minutes.put(MinuteCandle.of(changed));
        }
    }

    private Object ask(Call call) {
        return ((Reply.Answer) redis.ask(List.of(call)).get(0)).value();
    }

    @Override
    public void polled() {}

    @Override
    public void end() {}

    @Override
    public void close() {
        redis.close();
        try {
            mysql.close();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
