package io.kline.config;

import picocli.CommandLine.ArgGroup;

/** Every setting of the jobs. */
public final class KlineOptions extends ProgramOptions {

    @ArgGroup(validate = false, heading = "%nKafka%n", order = 1)
    public KafkaOptions kafka = new KafkaOptions();

    @ArgGroup(validate = false, heading = "%nCandles%n", order = 2)
    public CandleOptions kline = new CandleOptions();

    @Override
    void check() {
        super.check();
        kafka.check();
        kline.check();
        kline.refreshWaits();
    }
}
