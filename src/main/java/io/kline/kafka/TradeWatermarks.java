package io.kline.kafka;

import io.kline.model.Inbound;
import java.time.Duration;
import org.apache.flink.api.common.eventtime.BoundedOutOfOrdernessWatermarks;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.eventtime.WatermarksWithIdleness;

/**
 * Watermarks of one Kafka partition, moved by valid trades only: a dead letter neither moves time
 * nor keeps an otherwise idle partition alive.
 */
public final class TradeWatermarks implements WatermarkGenerator<Inbound> {

    private final WatermarkGenerator<Inbound> trades;

    private TradeWatermarks(WatermarkGenerator<Inbound> trades) {
        this.trades = trades;
    }

    /**
     * The strategy of the trades source.
     *
     * @param outOfOrderness how much older than its predecessors a trade of a partition usually is
     *     at most
     * @param idleTimeout after how long without a trade a partition no longer holds the others back
     */
    public static WatermarkStrategy<Inbound> strategy(
            Duration outOfOrderness, Duration idleTimeout) {
        return WatermarkStrategy.<Inbound>forGenerator(
                        context ->
                                new TradeWatermarks(
                                        new WatermarksWithIdleness<>(
                                                new BoundedOutOfOrdernessWatermarks<>(
                                                        outOfOrderness),
                                                idleTimeout,
                                                context.getInputActivityClock())))
                .withTimestampAssigner(
                        (inbound, kafkaTime) ->
                                inbound instanceof Inbound.Accepted accepted
                                        ? accepted.trade().time()
                                        : kafkaTime);
    }

    @Override
    public void onEvent(Inbound event, long time, WatermarkOutput output) {
        if (event instanceof Inbound.Accepted) {
            trades.onEvent(event, time, output);
        }
    }

    @Override
    public void onPeriodicEmit(WatermarkOutput output) {
        trades.onPeriodicEmit(output);
    }
}
