package io.kline.tools.bench.peers;

import io.kline.kafka.TradeDeserializer;
import io.kline.kafka.TradeWatermarks;
import io.kline.model.Candle;
import io.kline.model.Inbound;
import io.kline.model.Inbound.Accepted;
import io.kline.model.RawRecord;
import io.kline.state.KlineTypes;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.streaming.api.windowing.assigners.TumblingEventTimeWindows;
import org.apache.flink.streaming.api.windowing.assigners.WindowAssigner;
import org.apache.flink.streaming.api.windowing.windows.TimeWindow;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/** The job of the textbook: a tumbling window per interval behind one {@code keyBy}. */
final class TextbookJob {

    /** Whose committed offsets say what a completed checkpoint has. */
    static final String GROUP = "textbook";

    private static final OutputTag<Accepted> LATE = new OutputTag<>("late", KlineTypes.ACCEPTED);

    /** 1970-01-05 was a Monday. */
    private static final Duration MONDAY = Duration.ofDays(4);

    private static final Duration MAX_FUTURE = Duration.ofSeconds(5);
    private static final Duration MAX_AGE = Duration.ofDays(7_300);

    private TextbookJob() {}

    /**
     * Defines the job.
     *
     * @param consumer properties of the consumer
     * @param candles name of the {@link MinuteCandles} that it fills
     */
    static void define(
            StreamExecutionEnvironment env, Properties consumer, String topic, String candles) {
        KafkaSource<Inbound> source =
                KafkaSource.<Inbound>builder()
                        .setProperties(consumer)
                        .setGroupId(GROUP)
                        .setTopics(topic)
                        .setStartingOffsets(OffsetsInitializer.earliest())
                        .setBounded(OffsetsInitializer.latest())
                        .setDeserializer(tradeDeserializer())
                        .build();
        DataStream<Inbound> records =
                env.fromSource(
                                source,
                                TradeWatermarks.strategy(
                                        PeerInput.OUT_OF_ORDERNESS, PeerInput.IDLE_TIMEOUT),
                                "trades",
                                KlineTypes.INBOUND)
                        .uid("trades");
        KeyedStream<Accepted, String> bySymbol =
                records.flatMap(TextbookJob::accept)
                        .returns(KlineTypes.ACCEPTED)
                        .uid("accepted")
                        .keyBy(Accepted::symbol, Types.STRING);
        windows().forEach((interval, windows) -> window(bySymbol, interval, windows, candles));
    }

    /** Decides what is a trade as the live job does. */
    static TradeDeserializer tradeDeserializer() {
        return new TradeDeserializer(MAX_FUTURE.toMillis(), MAX_AGE.toMillis());
    }

    /** Nothing behind it needs the raw record, so its bytes do not cross the network. */
    private static void accept(Inbound record, Collector<Accepted> out) {
        if (record instanceof Accepted accepted) {
            RawRecord raw = accepted.raw();
            out.collect(
                    new Accepted(
                            accepted.trade(),
                            new RawRecord(raw.partition(), raw.offset(), null, null),
                            accepted.present(),
                            accepted.lag()));
        }
    }

    private static void window(
            KeyedStream<Accepted, String> bySymbol,
            String interval,
            WindowAssigner<Object, TimeWindow> windows,
            String candles) {
        SingleOutputStreamOperator<Candle> fired =
                bySymbol.window(windows)
                        .trigger(new MergeTrigger())
                        .allowedLateness(PeerInput.ALLOWED_LATENESS)
                        .sideOutputLateData(LATE)
                        .aggregate(
                                new FoldTrades(),
                                new WindowCandle(interval),
                                Types.POJO(Bar.class),
                                Types.POJO(Bar.class),
                                KlineTypes.CANDLE)
                        .name(interval)
                        .uid(interval);
        fired.sinkTo(
                        interval.equals("1m")
                                ? new MinuteCandleSink<>(candles, MinuteCandle::of)
                                : new DiscardingSink<>())
                .uid("candles-" + interval);
        fired.getSideOutput(LATE).sinkTo(new DiscardingSink<>()).uid("late-" + interval);
    }

    private static Map<String, WindowAssigner<Object, TimeWindow>> windows() {
        Map<String, WindowAssigner<Object, TimeWindow>> windows = new LinkedHashMap<>();
        for (int minutes : new int[] {1, 3, 5, 15, 30}) {
            windows.put(minutes + "m", TumblingEventTimeWindows.of(Duration.ofMinutes(minutes)));
        }
        for (int hours : new int[] {1, 2, 4, 6, 8, 12}) {
            windows.put(hours + "h", TumblingEventTimeWindows.of(Duration.ofHours(hours)));
        }
        for (int days : new int[] {1, 3}) {
            windows.put(days + "d", TumblingEventTimeWindows.of(Duration.ofDays(days)));
        }
        windows.put("1w", TumblingEventTimeWindows.of(Duration.ofDays(7), MONDAY));
        windows.put("1M", new MonthWindows());
        return windows;
    }
}
