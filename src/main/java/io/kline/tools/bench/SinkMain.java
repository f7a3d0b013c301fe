package io.kline.tools.bench;

import io.kline.config.RedisSettings;
import io.kline.model.Candle;
import io.kline.sink.redis.RedisKlineSink;
import io.kline.state.KlineTypes;
import io.kline.tools.local.LocalCluster;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.api.connector.source.lib.NumberSequenceSource;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.Collector;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The sink of Redis alone: rounds of made-up candles of all symbols through one writer. The first
 * rounds are the warm-up.
 */
@Command(name = "sink")
final class SinkMain implements Callable<Integer> {

    /** Rounds in which each candle is written once. */
    static final int ROUNDS = 4;

    private static final int WARM_ROUNDS = 2;

    @Option(names = "--redis-port", required = true)
    private int port;

    @Option(names = "--symbols", required = true)
    private int symbols;

    @Option(names = "--folder", required = true, description = "gets the checkpoints")
    private Path folder;

    public static void main(String[] args) {
        Runtime.getRuntime().halt(new CommandLine(new SinkMain()).execute(args));
    }

    @Override
    public Integer call() throws Exception {
        LocalCluster cluster = LocalCluster.start(0);
        cluster.awaitEnd(cluster.submit("sink", 1, folder, this::define));
        System.out.println(new Mark(Mark.DONE, (long) ROUNDS * symbols).line());
        return 0;
    }

    private void define(StreamExecutionEnvironment env) {
        env.configure(
                new Configuration()
                        .set(CheckpointingOptions.ENABLE_CHECKPOINTS_AFTER_TASKS_FINISH, false));
        env.fromSource(
                        new NumberSequenceSource(0, (long) ROUNDS * symbols - 1),
                        WatermarkStrategy.noWatermarks(),
                        "symbols")
                .flatMap(new Candles(symbols))
                .returns(KlineTypes.CANDLE)
                .sinkTo(
                        new RedisKlineSink(
                                RedisSettings.single("127.0.0.1:" + port, ScriptRun.FULL)));
    }

    /** The candles of a symbol in a round. */
    private record Candles(int symbols) implements FlatMapFunction<Long, Candle> {
        @Override
        public void flatMap(Long number, Collector<Candle> out) {
            int round = (int) (number / symbols);
            if (number == (long) WARM_ROUNDS * symbols) {
                System.out.println(new Mark(Mark.WARM, number).line());
            }
            String symbol = "BENCH%05dUSDT".formatted(number % symbols);
            new MadeUpCandles().of(symbol, 0, round, false).forEach(out::collect);
        }
    }
}
