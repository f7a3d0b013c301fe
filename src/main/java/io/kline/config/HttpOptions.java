package io.kline.config;

import io.kline.model.Symbol;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Option;

/** Where and for whom the server answers. */
public final class HttpOptions {

    /** A positive decimal. */
    private static final String STEP =
            "[1-9][0-9]{0,17}(\\.[0-9]{1,18})?|0\\.0{0,17}[1-9][0-9]{0,17}";

    @Option(
            names = "--server.host",
            paramLabel = "address",
            defaultValue = "127.0.0.1",
            description = "address to listen on; 0.0.0.0 is every network of this machine")
    public String host;

    @Option(
            names = "--server.port",
            paramLabel = "0..65535",
            defaultValue = "8080",
            description = "port to listen on; 0 is any free one")
    public int port;

    @Option(
            names = "--server.metrics-port",
            paramLabel = "0..65535",
            defaultValue = "0",
            description = "port that /metrics is at, alone; 0 is the port of all else")
    public int metricsPort;

    @Option(
            names = "--server.quote-assets",
            paramLabel = "asset,…",
            split = ",",
            defaultValue = "USDT,USDC,FDUSD,TUSD,BUSD,DAI,BTC,ETH,BNB,EUR,GBP,TRY,BRL,JPY,AUD,USD",
            description =
                    "assets that prices are in: a symbol is split before the longest that it ends with")
    public List<String> quoteAssets;

    @Option(
            names = "--server.tickers",
            arity = "1",
            paramLabel = "true|false",
            defaultValue = "true",
            description =
                    "whether the 24 hours of all symbols are kept in memory, some 130 KB for each. Without them there are no"
                            + " streams of tickers, nor the list of all")
    public boolean tickers;

    @Option(
            names = "--server.symbol-steps",
            paramLabel = "symbol:tick:step,…",
            split = ",",
            description =
                    "smallest steps of prices and quantities, such as BTCUSDT:0.01:0.00001; those of other symbols are"
                            + " learned from their candles")
    public List<String> symbolSteps = List.of();

    @Option(
            names = "--server.cors-origins",
            paramLabel = "origin,…",
            split = ",",
            description =
                    "web pages that may read from their visitors' browsers, such as https://example.com; * is all of them."
                            + " The chart page of the server itself needs no entry")
    public List<String> corsOrigins = List.of();

    @Option(
            names = "--server.trusted-proxies",
            paramLabel = "address,…",
            split = ",",
            description =
                    "addresses of reverse proxies: for their requests the last address of X-Forwarded-For is the client's")
    public List<String> trustedProxies = List.of();

    @Option(
            names = "--server.rate-limit",
            paramLabel = "60..10000000",
            defaultValue = "6000",
            description = "request weight per minute and client address")
    public int rateLimit;

    @Option(
            names = "--server.max-connections",
            paramLabel = "10..1000000",
            defaultValue = "10000",
            description = "most connections at the same time")
    public int maxConnections;

    @Option(
            names = "--server.max-connections-per-address",
            paramLabel = "10..1000000",
            defaultValue = "1000",
            description =
                    "most connections from one address at the same time; trusted proxies may have more")
    public int maxConnectionsPerAddress;

    @Option(
            names = "--server.max-new-sockets",
            paramLabel = "10..1000000",
            defaultValue = "300",
            description = "WebSocket connections that a client address may open per five minutes")
    public int maxNewSockets;

    @Option(
            names = "--server.max-queued-messages",
            paramLabel = "10..100000",
            defaultValue = "1000",
            description =
                    "messages that a WebSocket client may be behind before it is dropped; forming candles do not count")
    public int maxQueuedMessages;

    @Option(
            names = "--server.store-timeout",
            paramLabel = "250ms..1min",
            defaultValue = "2s",
            description = "how long a store is waited for")
    public Duration storeTimeout;

    @Option(
            names = "--server.store-connections",
            paramLabel = "1..1000",
            defaultValue = "16",
            description = "most connections to MySQL and to each Redis server")
    public int storeConnections;

    /**
     * @throws ConfigException naming the first key at fault
     */
    void check() {
        ConfigException.requireText("server.host", host);
        for (String asset : quoteAssets) {
            ConfigException.require(
                    asset.trim().matches("[\\p{L}\\p{Nd}]{1,20}") && Symbol.isValid(asset.trim()),
                    "server.quote-assets must be upper case letters and digits, not '"
                            + asset
                            + "'");
        }
        for (String steps : symbolSteps) {
            ConfigException.require(
                    steps.trim().matches("[^:]+(:(" + STEP + ")){2}")
                            && Symbol.isValid(steps.trim().split(":")[0]),
                    "server.symbol-steps must be such as BTCUSDT:0.01:0.00001, not '"
                            + steps
                            + "'");
        }
        for (String origin : corsOrigins) {
            ConfigException.require(
                    origin.trim().equals("*") || origin.trim().matches("https?://[^/*\\s]+"),
                    "server.cors-origins must be * or such as https://example.com, not '"
                            + origin
                            + "'");
        }
        for (String proxy : trustedProxies) {
            ConfigException.require(
                    proxy.trim().matches("[0-9a-fA-F.:]{2,45}"),
                    "server.trusted-proxies must be addresses, not '" + proxy + "'");
        }
    }
}
