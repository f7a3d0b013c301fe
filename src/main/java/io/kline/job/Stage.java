package io.kline.job;

import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Names and uids of all operators. A uid ties an operator to its state in savepoints: it never
 * changes.
 */
enum Stage {
    TRADES("trades", "Trades from Kafka"),
    VALIDATE("validate", "Validate and count"),
    BUNDLE("bundle", "Bundle by symbol"),
    DEAD_LETTERS("dead-letters", "Dead letters to Kafka"),
    CANDLES("candles", "Form candles"),
    REDIS("redis", "Candles to Redis"),
    KLINES("klines", "Closed candles to Kafka"),

    HISTORY("history", "Klines from Kafka"),
    ROUTE("route", "Route events"),
    MYSQL("mysql", "Candles to MySQL"),
    CORRECTOR("corrector", "Correct stored candles"),
    CORRECTED("corrected", "Corrected candles to Redis"),
    HEALER("healer", "Heal histories in Redis"),
    HEALED("healed", "No candles");

    private final String uid;
    private final String title;

    Stage(String uid, String title) {
        this.uid = uid;
        this.title = title;
    }

    /** Reads a source. */
    <T> SingleOutputStreamOperator<T> read(
            StreamExecutionEnvironment env,
            Source<T, ?, ?> source,
            WatermarkStrategy<T> watermarks,
            TypeInformation<T> type) {
        return named(env.fromSource(source, watermarks, title, type));
    }

    /** Gives an operator its name and uid. */
    <T> SingleOutputStreamOperator<T> named(SingleOutputStreamOperator<T> operator) {
        return operator.name(title).uid(uid);
    }

    /** Writes a stream to a sink. */
    <T> void write(DataStream<T> stream, Sink<T> sink) {
        stream.sinkTo(sink).name(title).uid(uid);
    }

    /**
     * The same in tasks of its own: where the sink has to wait, what made the stream goes on. As
     * many tasks as the stream has, or the records of a symbol lose their order.
     */
    <T> void writeApart(DataStream<T> stream, Sink<T> sink) {
        stream.sinkTo(sink).disableChaining().name(title).uid(uid);
    }

    /** The same by so many subtasks. */
    <T> void write(DataStream<T> stream, Sink<T> sink, int parallelism) {
        stream.sinkTo(sink).setParallelism(parallelism).name(title).uid(uid);
    }

    /** What the Flink UI shows. */
    String title() {
        return title;
    }
}
