package io.kline.config;

import picocli.CommandLine.ArgGroup;

/** Every setting of the server. */
public final class ServerOptions extends ProgramOptions {

    @ArgGroup(validate = false, heading = "%nServer%n", order = 1)
    public HttpOptions server = new HttpOptions();

    @ArgGroup(validate = false, heading = "%nCandles%n", order = 2)
    public IntervalOptions kline = new IntervalOptions();

    @Override
    void check() {
        super.check();
        server.check();
        kline.check();
    }
}
