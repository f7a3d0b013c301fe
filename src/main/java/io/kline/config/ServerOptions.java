package io.kline.config;

import picocli.CommandLine.ArgGroup;

/** Every setting of the server. */
public final class ServerOptions extends ProgramOptions {

    @ArgGroup(validate = false, heading = "%nServer%n")
    public HttpOptions server = new HttpOptions();

    @ArgGroup(validate = false, heading = "%nCandles%n")
    public IntervalOptions kline = new IntervalOptions();

    @ArgGroup(validate = false, heading = "%nRedis%n")
    public RedisOptions redis = new RedisOptions();

    @ArgGroup(validate = false, heading = "%nMySQL%n")
    public MysqlOptions mysql = new MysqlOptions();

    @Override
    void check() {
        OptionsValidator.check(this);
    }
}
