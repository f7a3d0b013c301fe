package io.kline.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kline.model.Candle;
import io.kline.model.CandleKey;
import io.kline.model.LateTrade;
import io.kline.query.CandleQuery;
import io.kline.query.QuerySettings;
import io.kline.query.Store;
import io.kline.store.mysql.CorrectionLedger;
import io.kline.store.mysql.KlineSelect;
import io.kline.store.mysql.KlineUpsert;
import io.kline.store.mysql.MysqlLogin;
import io.kline.store.mysql.RestatedLog;
import io.kline.store.mysql.RestatedLog.Change;
import io.kline.store.mysql.RestatedLog.Reason;
import io.kline.store.mysql.SqlProblem;
import io.kline.testing.Await;
import io.kline.testing.CandleBuilder;
import io.kline.testing.CandleStores;
import io.kline.testing.Database;
import io.kline.testing.Documented;
import io.kline.testing.PrivateCa;
import io.kline.testing.RecordedTrades;
import io.kline.testing.RunningJobs;
import io.kline.testing.Servers;
import io.kline.testing.Trades;
import io.kline.tools.stack.EmbeddedMariaDb;
import io.kline.tools.stack.SqlFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A database that talks TLS only, with a certificate of a private authority, and users with the
 * rights that {@code docs/operations.md} gives them.
 */
class MysqlTlsITCase {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final String PASSWORD = "of-the-test";
    private static final String SYMBOL = "MYTLS";
    private static final long MINUTE = 60_000;
    private static final long START = 1_741_046_400_000L;

    @TempDir static Path folder;
    private static PrivateCa ca;
    private static EmbeddedMariaDb mysql;

    @BeforeAll
    static void start() throws Exception {
        ca = PrivateCa.in(folder);
        mysql =
                EmbeddedMariaDb.temporary(
                        List.of(
                                // MySQL has no other choice.
                                "--loose-ssl",
                                "--ssl-ca=" + ca.ca(),
                                "--ssl-cert=" + ca.certificate(),
                                "--ssl-key=" + ca.key(),
                                "--require-secure-transport=ON"));
        mysql.start();
        SqlFile.run(
                Path.of("sql/schema.sql"),
                mysql.jdbcUrl(EmbeddedMariaDb.DATABASE),
                EmbeddedMariaDb.ROOT,
                "");
        asRoot("DROP USER " + EmbeddedMariaDb.USER);
        for (String user : List.of("kline", "reader")) {
            for (String line : documented(user)) {
                asRoot(line);
            }
        }
    }

    @AfterAll
    static void stop() {
        mysql.close();
    }

    @Test
    void jobsAndServerVerifyTheServerAndNeedNoMoreRights() throws Exception {
        Database database = new Database(url("127.0.0.1", ca), "kline", PASSWORD);
        RunningJobs.Stores stores =
                new RunningJobs.Stores(
                        Servers.kafka().address(), Servers.redis().address(), database);
        try (RunningJobs jobs =
                RunningJobs.start(
                        stores,
                        folder.resolve("jobs"),
                        "--kline.ticks=off",
                        "--kline.intervals=1m",
                        "--kline.allowed-lateness=0s")) {
            jobs.send(SYMBOL, List.of(trade(1, START), trade(2, START + 5 * MINUTE)));
            Await.until(PATIENCE, () -> assertThat(stored(jobs)).hasSizeGreaterThanOrEqualTo(4));
            jobs.send(SYMBOL, List.of(trade(3, START + 1)));
            Await.until(PATIENCE, () -> assertThat(stored(jobs).get(0).count()).isEqualTo(2));
            try (KlineServer server = server("127.0.0.1", ca)) {
                TestClient client = new TestClient(server.port());
                assertThat(client.get("/health").body()).contains("\"status\":\"UP\"");
                assertThat(client.get("/api/v3/klines?symbol=MYTLS&interval=1m").statusCode())
                        .isEqualTo(200);
            }
            assertThat(jobs.restarts(jobs.history)).isZero();
        }
    }

    @Test
    void theHistoryJobSaysWhyItDoesNotTrustTheServer() throws Exception {
        Database database = new Database(url("localhost", ca), "kline", PASSWORD);
        RunningJobs.Stores stores =
                new RunningJobs.Stores(
                        Servers.kafka().address(), Servers.redis().address(), database);
        try (RunningJobs jobs =
                RunningJobs.none(stores, folder.resolve("wrong"), "--kline.intervals=1m")) {
            jobs.startHistory();
            Await.until(
                    PATIENCE,
                    () ->
                            assertThat(
                                            jobs.get("/jobs/" + jobs.history.id() + "/exceptions")
                                                    .toString())
                                    .contains("Server identity verification failed"));
        }
    }

    @Test
    void anotherHostAndAnotherAuthorityAreRefused() throws Exception {
        PrivateCa other = PrivateCa.in(Files.createDirectory(folder.resolve("other")));
        assertThat(problem(url("localhost", ca))).contains("Server identity verification failed");
        assertThat(problem(url("127.0.0.1", other))).contains("Path does not chain");
        assertThat(problem(url("127.0.0.1", ca).replace("VERIFY_IDENTITY", "DISABLED")))
                .containsIgnoringCase("insecure transport");
        assertThat(health("localhost", ca)).contains("Server identity verification failed");
        assertThat(health("127.0.0.1", other)).contains("Path does not chain");
    }

    @ParameterizedTest
    @CsvSource({
        "kline, SELECT, kline",
        "kline, INSERT, kline",
        "kline, UPDATE, kline",
        "kline, SELECT, kline_correction",
        "kline, INSERT, kline_correction",
        "kline, INSERT, kline_restated",
    })
    void noRightIsTooMuch(String user, String right, String table) throws Exception {
        useAll();
        asRoot("REVOKE %s ON kline.%s FROM '%s'@'%%'".formatted(right, table, user));
        try {
            assertThatThrownBy(MysqlTlsITCase::useAll)
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("denied");
        } finally {
            asRoot("GRANT %s ON kline.%s TO '%s'@'%%'".formatted(right, table, user));
        }
    }

    @Test
    void theDocumentGivesNoRightThatIsNotTested() throws Exception {
        assertThat(documented("kline").stream().filter(line -> line.startsWith("GRANT")))
                .containsExactly(
                        "GRANT SELECT, INSERT, UPDATE ON kline.kline TO 'kline'@'%';",
                        "GRANT SELECT, INSERT ON kline.kline_correction TO 'kline'@'%';",
                        "GRANT INSERT ON kline.kline_restated TO 'kline'@'%';");
        assertThat(documented("reader").stream().filter(line -> line.startsWith("GRANT")))
                .containsExactly(
                        "GRANT SELECT ON kline.kline TO 'reader'@'%';",
                        "GRANT SELECT ON kline.kline_correction TO 'reader'@'%';",
                        "GRANT SELECT ON kline.kline_restated TO 'reader'@'%';");
    }

    /** Every kind of statement of the jobs. */
    private static void useAll() throws SQLException {
        Candle candle = CandleBuilder.candle("RIGHTS", "1m", 0).build();
        TreeSet<CandleKey> keys = new TreeSet<>(List.of(candle.key()));
        LateTrade late =
                new LateTrade(
                        "1m",
                        0,
                        Trades.trade("RIGHTS", 1, 1, "1"),
                        false,
                        Long.MAX_VALUE,
                        true,
                        LateTrade.UNKNOWN,
                        false);
        MysqlLogin login = new MysqlLogin(url("127.0.0.1", ca), "kline", PASSWORD);
        try (Connection connection = login.connect()) {
            connection.setAutoCommit(false);
            try (PreparedStatement upsert = connection.prepareStatement(KlineUpsert.SQL)) {
                KlineUpsert.bind(upsert, candle);
                upsert.executeUpdate();
            }
            try (PreparedStatement lock =
                    connection.prepareStatement(KlineSelect.byKeyForUpdate(keys))) {
                KlineSelect.bind(lock, keys);
                lock.executeQuery();
            }
            try (PreparedStatement sum = connection.prepareStatement(CorrectionLedger.sum(keys))) {
                KlineSelect.bind(sum, keys);
                sum.executeQuery();
            }
            try (PreparedStatement insert = connection.prepareStatement(CorrectionLedger.INSERT)) {
                CorrectionLedger.bind(insert, late);
                insert.executeUpdate();
            }
            try (PreparedStatement insert = connection.prepareStatement(RestatedLog.INSERT)) {
                RestatedLog.bind(insert, new Change(Reason.REBUILT, candle.key(), candle, candle));
                insert.executeUpdate();
            }
            connection.rollback();
        }
    }

    private static List<Candle> stored(RunningJobs jobs) throws SQLException {
        return jobs.stored(SYMBOL, "1m");
    }

    private static String trade(long id, long time) {
        return RecordedTrades.event(Trades.trade(SYMBOL, id, time, "1.5"));
    }

    private static String problem(String url) {
        return SqlProblem.of(
                catchThrowableOfType(
                        SQLException.class,
                        () -> new MysqlLogin(url, "kline", PASSWORD).connect()));
    }

    private static String health(String host, PrivateCa trusted) {
        try (CandleQuery query = CandleQuery.open(settings(host, trusted))) {
            return query.health().get(Store.MYSQL).problem();
        }
    }

    private static KlineServer server(String host, PrivateCa trusted) {
        return KlineServer.start(TestServer.settings(settings(host, trusted)));
    }

    private static QuerySettings settings(String host, PrivateCa trusted) {
        return CandleStores.settings(
                CandleStores.single(Servers.redis().address()),
                new MysqlLogin(url(host, trusted), "reader", PASSWORD));
    }

    /** The documented URL. */
    private static String url(String host, PrivateCa trusted) {
        try {
            Path trustStore = trusted.ca().resolveSibling("truststore.p12");
            if (Files.notExists(trustStore)) {
                trusted.trustStore();
            }
            String line = Documented.lines("mysql.url=").get(0);
            return line.substring("mysql.url=".length())
                    .replace("db.example.com:3306", host + ":" + mysql.port())
                    .replace("/etc/kline/truststore.p12", trustStore.toString());
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static List<String> documented(String user) throws Exception {
        return Documented.examples().stream()
                .filter(line -> line.matches("(CREATE USER|GRANT) .*'" + user + "'@'%'.*"))
                .map(line -> line.replace("…", PASSWORD))
                .toList();
    }

    private static void asRoot(String sql) throws SQLException {
        try (Connection connection = mysql.connectAsRoot();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
