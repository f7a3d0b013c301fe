package io.kline.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kline.config.CandleOptions.TickMode;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

class OptionsReaderTest {

    @TempDir Path folder;

    @Test
    void hasDefaults() {
        KlineOptions options = read();
        assertThat(options.kline.intervals()).hasSize(15);
        assertThat(options.kline.mergeInterval).isEqualTo(Duration.ofMillis(333));
        assertThat(options.kline.allowedLateness).isEqualTo(Duration.ofMinutes(10));
        assertThat(options.kline.carryFor).isEqualTo(Duration.ofDays(30));
        assertThat(options.kline.ticks).isEqualTo(TickMode.WALL);
        assertThat(options.kline.zoneOffset).isEqualTo(ZoneOffset.UTC);
        assertThat(options.redis.settings().historySize()).isEqualTo(1500);
        assertThat(options.kafka.clientProperties())
                .containsEntry("bootstrap.servers", "localhost:19092");
    }

    @Test
    void takesTheCommandLineOverTheFile() throws Exception {
        Path file =
                file(
                        "kline.ticks=off",
                        "kline.zone-offset = +08:00",
                        "redis.nodes=a:1",
                        "kline.intervals=1m,10m");
        KlineOptions options =
                read(
                        "--config",
                        file.toString(),
                        "--redis.nodes",
                        "b:2",
                        "--kline.merge-interval",
                        "100 ms");
        assertThat(options.kline.ticks).isEqualTo(TickMode.OFF);
        assertThat(options.kline.intervals())
                .extracting(Object::toString)
                .containsExactly("1m", "10m");
        assertThat(options.kline.intervals().get(0).offset()).isEqualTo(ZoneOffset.ofHours(8));
        assertThat(options.redis.nodes).containsExactly("b:2");
        assertThat(options.kline.mergeInterval).isEqualTo(Duration.ofMillis(100));
    }

    @Test
    void whatIsRefreshedLessOftenWaitsForAMergeLessThanThat() throws Exception {
        assertThat(read().kline.refreshWaits()).hasSize(15).containsOnly(0L);
        KlineOptions options =
                read(
                        "--kline.intervals",
                        "1m,1h,1d,1w",
                        "--kline.refresh",
                        "1m=merge;1h=1s; 1d=200ms");
        assertThat(options.kline.refreshWaits()).containsExactly(0L, 667L, 0L, 0L);
    }

    @Test
    void takesSecretsFromTheEnvironmentOverTheFile() throws Exception {
        Path file =
                file("redis.password=fromFile", "mysql.password=a${env:HOME}b$$c", "redis.user=");
        KlineOptions options =
                new OptionsReader(Map.of("KLINE_REDIS_PASSWORD", "fromEnvironment"))
                        .read("test", "--config=" + file)
                        .orElseThrow();
        assertThat(options.redis.password).isEqualTo("fromEnvironment");
        assertThat(options.mysql.password).isEqualTo("a${env:HOME}b$$c");
        assertThat(options.redis.user).isNull();
    }

    @Test
    void refusesSecretsOnTheCommandLine() {
        assertThatThrownBy(() -> read("--redis.password", "hunter2"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("redis.password")
                .hasMessageContaining("KLINE_REDIS_PASSWORD")
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void refusesUnknownKeysInTheFile() throws Exception {
        Path file = file("kline.tick=off");
        assertThatThrownBy(() -> read("--config", file.toString()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("kline.tick in");
    }

    @Test
    void refusesAMissingFile() {
        assertThatThrownBy(() -> read("--config", "nowhere.properties"))
                .hasMessageContaining("nowhere.properties");
    }

    @ParameterizedTest
    @CsvSource({
        "--kline.merge-interval, 1ms, kline.merge-interval must be from",
        "--kline.merge-interval, soon, kline.merge-interval",
        "--kline.allowed-lateness, 2d, kline.allowed-lateness must be from",
        "--kline.carry-for, 59s, kline.carry-for must be from PT1M",
        "--kline.carry-for, 36501d, kline.carry-for must be from PT1M",
        "--kline.intervals, '1m,1s', kline.intervals: not an interval: '1s'",
        "--kline.intervals, '1m,1m', kline.intervals: 1m is there twice",
        "--kline.zone-offset, mars, kline.zone-offset",
        "--kline.zone-offset, +00:00:30, kline.zone-offset must be in whole minutes",
        "--kline.ticks, maybe, kline.ticks",
        "--kline.refresh, 1s, 'kline.refresh must be as in'",
        "--kline.refresh, 2m=1s, kline.refresh: 2m is not among kline.intervals",
        "--kline.refresh, '1h=1s;1d,1h=2s', kline.refresh: 1h is there twice",
        "--kline.refresh, 1h=soon, kline.refresh: not a duration",
        "--kline.refresh, 1h=11s, 'kline.refresh must be merge, or up to 10s'",
        "--redis.mode, sentinel, redis.master must be set",
        "--redis.mode, none, redis.mode",
        "--redis.nodes, nowhere, redis.nodes must be host:port",
        "--redis.nodes, 'a:1,b:2', redis.nodes must be one node",
        "--redis.history.size, 0, redis.history.size must be from 1 to 100000",
        "--redis.history.size, many, redis.history.size",
        "--mysql.url, jdbc:postgresql://x/y, mysql.url must start with",
        "--mysql.url, jdbc:mysql://x/y?password=z, mysql.url must not hold a password",
        "--mysql.url, jdbc:mysql://me:secret@x/y, mysql.url must not hold a user",
        "--kafka.topic.dead, trades, the three topics must differ",
        "--kafka.topic.dead, a b, kafka.topic.dead must be",
        "--no.such, key, --no.such",
    })
    void namesTheKeyAtFault(String key, String value, String message) {
        assertThatThrownBy(() -> read(key, value))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource({
        "--redis.user, kline, redis.user without a password",
        "--redis.history.size, 100001, 'redis.history.size must be from 1 to 100000, not 100001'",
        "--trade.max-age, 1h, 'trade.max-age must be from PT24H to PT876000H, not PT1H'",
        "--mysql.batch-size, 0, 'mysql.batch-size must be from 1 to 10000, not 0'",
        "--kafka.group.id, ' ', kafka.group.id must not be empty",
    })
    void namesKeyAndValueAtFault(String key, String value, String message) {
        assertThatThrownBy(() -> read(key, value))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(message);
    }

    @Test
    void everyNumberAndDurationHasARange() {
        for (ProgramOptions options : List.of(new KlineOptions(), new ServerOptions())) {
            for (OptionSpec option : new CommandLine(options).getCommandSpec().options()) {
                boolean isMeasured = Set.of(int.class, Duration.class).contains(option.type());
                assertThat(OptionRange.of(option).isPresent())
                        .as(option.longestName())
                        .isEqualTo(isMeasured);
            }
        }
    }

    @Test
    void oneFileServesAllPrograms() throws Exception {
        Path file =
                file(
                        "kafka.group.id=g",
                        "kline.ticks=off",
                        "server.rate-limit=100",
                        "server.quote-assets=USDT, 人民币",
                        "server.symbol-steps=BTCUSDT:0.01:0.00001, ETHUSDT:10:1.5",
                        "server.cors-origins=https://a.example, https://b.example:8443",
                        "kline.zone-offset=+08:00");
        assertThat(read("--config", file.toString()).kafka.groupId).isEqualTo("g");
        ServerOptions server = readServer("--config", file.toString());
        assertThat(server.server.rateLimit).isEqualTo(100);
        assertThat(server.server.quoteAssets).hasSize(2).last().asString().contains("人民币");
        assertThat(server.server.symbolSteps).hasSize(2);
        assertThat(server.server.corsOrigins).hasSize(2);
        assertThat(server.kline.intervals()).hasSize(15);
        assertThat(server.kline.zoneOffset).isEqualTo(ZoneOffset.ofHours(8));
    }

    @Test
    void serverHasDefaults() {
        ServerOptions options = readServer();
        assertThat(options.server.host).isEqualTo("127.0.0.1");
        assertThat(options.server.port).isEqualTo(8080);
        assertThat(options.server.corsOrigins).isEmpty();
        assertThat(options.server.storeTimeout).isEqualTo(Duration.ofSeconds(2));
    }

    @ParameterizedTest
    @CsvSource({
        "--server.host, ' ', server.host must not be empty",
        "--server.port, 70000, server.port must be from 0 to 65535",
        "--server.quote-assets, 'USDT,eth', server.quote-assets must be upper case",
        "--server.quote-assets, 'USDT,é', server.quote-assets must be upper case",
        "--server.quote-assets, 'USD-T', server.quote-assets must be upper case",
        "--server.symbol-steps, BTCUSDT:0.01, server.symbol-steps must be such as",
        "--server.symbol-steps, BTCUSDT:0.0:1, server.symbol-steps must be such as",
        "--server.symbol-steps, BTCUSDT:0.1.5:1, server.symbol-steps must be such as",
        "--server.symbol-steps, btcusdt:1:1, server.symbol-steps must be such as",
        "--server.cors-origins, example.com, server.cors-origins must be",
        "--server.cors-origins, https://a.example/x, server.cors-origins must be",
        "--server.trusted-proxies, proxy.example, server.trusted-proxies must be addresses",
        "--server.rate-limit, 59, server.rate-limit must be from 60",
        "--server.max-connections, 0, server.max-connections must be from 10",
        "--server.max-queued-messages, 1, server.max-queued-messages must be from 10",
        "--server.store-timeout, 0s, server.store-timeout must be from",
        "--server.store-connections, 0, server.store-connections must be from 1",
        "--kline.intervals, 1s, kline.intervals: not an interval",
        "--kafka.group.id, g, --kafka.group.id",
    })
    void namesTheKeyOfTheServerAtFault(String key, String value, String message) {
        assertThatThrownBy(() -> readServer(key, value))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(message);
    }

    @Test
    void printsHelpInsteadOfOptions() {
        PrintStream terminal = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, UTF_8));
        try {
            assertThat(
                            new OptionsReader(Map.of("KLINE_REDIS_PASSWORD", "hunter2"))
                                    .read("test", "--help"))
                    .isEmpty();
        } finally {
            System.setOut(terminal);
        }
        assertThat(printed.toString(UTF_8))
                .contains("--kline.merge-interval", "333ms", "--mysql.url", "--redis.password")
                .contains("10ms..10s", "1..100000")
                .doesNotContain("hunter2");
    }

    private static KlineOptions read(String... args) {
        return new OptionsReader(Map.of()).read("test", args).orElseThrow();
    }

    private static ServerOptions readServer(String... args) {
        return new OptionsReader(Map.of()).read(new ServerOptions(), "test", args).orElseThrow();
    }

    private Path file(String... lines) throws Exception {
        return Files.write(folder.resolve("kline.properties"), List.of(lines));
    }
}
