package io.kline.config;

import picocli.CommandLine.ArgGroup;

/** Every setting of the jobs. */
public final class KlineOptions extends ProgramOptions {

    @ArgGroup(validate = false, heading = "%nKafka%n")
    public KafkaOptions kafka = new KafkaOptions();

    @ArgGroup(validate = false, heading = "%nCandles%n")
    public CandleOptions kline = new CandleOptions();

    @ArgGroup(validate = false, heading = "%nRedis%n")
    public RedisOptions redis = new RedisOptions();

    @ArgGroup(validate = false, heading = "%nMySQL%n")
    public MysqlOptions mysql = new MysqlOptions();

    @Override
    void check() {
        OptionsValidator.check(this);
    }
}
