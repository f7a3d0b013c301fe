package io.kline.tools.export;

import static io.kline.testing.Trades.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.kline.model.Candle;
import io.kline.testing.CandleBuilder;
import io.kline.testing.CandleStores;
import io.kline.testing.Servers;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a real MariaDB. */
class ExportITCase {

    private static final long MINUTE = 60_000;

    @TempDir private Path folder;

    private CandleStores stores;
    private List<String> printed = List.of();

    @BeforeEach
    void open() throws Exception {
        stores = new CandleStores(Servers.redis().address(), Servers.newDatabase());
    }

    @AfterEach
    void close() throws Exception {
        stores.close();
    }

    @Test
    void aDayIsAZipWithItsChecksum() throws Exception {
        stores.toMysql(minutes("2025-03-04T00:00:00Z", 1_440));
        stores.toMysql(minutes("2025-03-05T00:00:00Z", 3));
        assertThat(export("1m", "2025-03-04", "2025-03-06")).isZero();
        assertThat(printed)
                .containsExactly(
                        "AUSDT-1m-2025-03-04.zip  1,440 of 1,440 candles",
                        "AUSDT-1m-2025-03-05.zip  3 of 1,440 candles",
                        "AUSDT-1m-2025-03-05: no closed candle from 2025-03-05T00:03:00Z on;"
                                + " export it again if the symbol trades");
        List<String> rows = rows("AUSDT-1m-2025-03-04");
        assertThat(rows).hasSize(1_440);
        assertThat(rows.get(1))
                .isEqualTo(
                        "1741046460000000,1.50000000,2.00000000,0.000000000000000001,1.75000000,"
                                + "10.00000000,1741046519999999,17.50000000,3,4.00000000,"
                                + "7.00000000,0");
        assertThat(rows("AUSDT-1m-2025-03-05")).hasSize(3);
        Path zip = folder.resolve("AUSDT-1m-2025-03-04.zip");
        assertThat(Files.readString(folder.resolve("AUSDT-1m-2025-03-04.zip.CHECKSUM")))
                .isEqualTo(sha256(zip) + "  AUSDT-1m-2025-03-04.zip\n");
        byte[] before = Files.readAllBytes(zip);
        export("1m", "2025-03-04", "2025-03-05");
        assertThat(Files.readAllBytes(zip)).isEqualTo(before);
        assertThat(files()).noneMatch(name -> name.endsWith(".part"));
    }

    @Test
    void beforeTwentyTwentyFiveTimesAreMilliseconds() throws Exception {
        stores.toMysql(minutes("2024-12-31T00:00:00Z", 1));
        export("1m", "2024-12-31", "2025-01-01");
        assertThat(rows("AUSDT-1m-2024-12-31").get(0)).startsWith("1735603200000,");
        export("1m", "2024-12-31", "2025-01-01", "--time-unit", "us");
        assertThat(rows("AUSDT-1m-2024-12-31").get(0))
                .startsWith("1735603200000000,")
                .contains(",1735603259999999,");
    }

    @Test
    void monthsHaveFilesOfTheirOwn() throws Exception {
        long open = at("2025-02-01T00:00:00Z");
        stores.toMysql(List.of(candle("1M", open, at("2025-03-01T00:00:00Z") - 1)));
        assertThat(export("1M", "2025-02-01", "2025-03-01")).isEqualTo(2);
        assertThat(printed.get(0)).contains("--monthly");
        assertThat(export("1M", "2025-02-01", "2025-03-01", "--monthly")).isZero();
        assertThat(rows("AUSDT-1mo-2025-02")).hasSize(1);
        assertThat(export("1M", "2025-02-02", "2025-03-01", "--monthly")).isEqualTo(2);
        assertThat(printed.get(0)).contains("the first of a month");
    }

    @Test
    void withoutCandlesThereIsNoFile() throws Exception {
        stores.toMysql(minutes("2025-03-04T00:00:00Z", 1));
        stores.toMysql(
                List.of(
                        CandleBuilder.like(candle("1m", at("2025-03-05T00:00:00Z"), 0))
                                .closed(false)
                                .build()));
        assertThat(export("1m", "2025-03-05", "2025-03-07")).isEqualTo(1);
        assertThat(printed)
                .containsExactly(
                        "AUSDT-1m-2025-03-05: no candles", "AUSDT-1m-2025-03-06: no candles");
        assertThat(files()).isEmpty();
    }

    @Test
    void wrongOptionsAreNamed() throws Exception {
        assertThat(export("1m", "2025-03-04", "2999-01-01")).isEqualTo(2);
        assertThat(printed.get(0)).contains("--to").contains("today is not over");
        assertThat(export("1m", "2025-03-04T00:01", "2025-03-05")).isEqualTo(2);
        assertThat(printed.get(0)).contains("--from").contains("not a whole day");
        assertThat(export("7x", "2025-03-04", "2025-03-05")).isEqualTo(2);
        assertThat(printed.get(0)).contains("7x");
        assertThat(export("1m", "2025-03-05", "2025-03-05")).isEqualTo(2);
        assertThat(printed.get(0)).contains("--from must be before --to");
        assertThat(export("1m", "2999-01-01", "2025-03-05")).isEqualTo(2);
        assertThat(printed.get(0)).contains("--from").contains("2999-01-01 is not over");
    }

    @Test
    void restatedCandlesAreListed() throws Exception {
        long open = at("2025-03-04T00:00:00Z");
        stores.toMysql(minutes("2025-03-04T00:00:00Z", 3));
        stores.toMysql(
                List.of(
                        CandleBuilder.like(candle("1m", open + 2 * MINUTE, 0))
                                .closeTime(open + 3 * MINUTE - 1)
                                .revision(2)
                                .build()));
        stores.sql(
                "INSERT INTO kline_correction (symbol, interval_code, open_time, trade_id, price,"
                        + " quantity, trade_time, is_buyer_maker, applied_at) VALUES ('AUSDT',"
                        + " '1m', "
                        + open
                        + ", 7, 1, 1, 1, 0, FROM_UNIXTIME(1741100000.5))");
        // One that carries the price of a late trade is in neither the ledger nor the revisions.
        for (long changed : new long[] {open, open + 5 * MINUTE}) {
            stores.sql(
                    "INSERT INTO kline_restated (symbol, interval_code, open_time, reason,"
                            + " restated_at) VALUES ('AUSDT', '1m', "
                            + changed
                            + ", 'carried', FROM_UNIXTIME(1741100000.5))");
        }
        assertThat(export("1m", "2025-03-04", "2025-03-05", "--restated-since", "2025-03-04"))
                .isZero();
        assertThat(printed).hasSize(4);
        assertThat(printed.get(3)).isEqualTo("2025-03-04T00:05:00Z,2025-03-04T14:53:20.500Z,0,0");
        assertThat(printed.get(0)).isEqualTo("open_time,restated_at,late_trades,revision");
        assertThat(printed.get(1)).isEqualTo("2025-03-04T00:00:00Z,2025-03-04T14:53:20.500Z,1,0");
        assertThat(printed.get(2)).startsWith("2025-03-04T00:02:00Z,").endsWith(",0,2");
        export("1m", "2025-03-04", "2025-03-05", "--restated-since", "2025-03-05");
        assertThat(printed).hasSize(2);
    }

    private int export(String interval, String from, String to, String... more) {
        List<String> args =
                new ArrayList<>(
                        List.of(
                                "--symbol",
                                "AUSDT",
                                "--interval",
                                interval,
                                "--from",
                                from,
                                "--to",
                                to,
                                "--out",
                                folder.toString(),
                                "--mysql.url",
                                stores.database.url(),
                                "--mysql.user",
                                stores.database.user()));
        args.addAll(Arrays.asList(more));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        int code =
                new ExportMain(Map.of("KLINE_MYSQL_PASSWORD", stores.database.password()), out, out)
                        .run(args.toArray(String[]::new));
        printed = bytes.toString(StandardCharsets.UTF_8).lines().toList();
        return code;
    }

    private List<String> rows(String name) throws IOException {
        try (ZipInputStream zip =
                new ZipInputStream(Files.newInputStream(folder.resolve(name + ".zip")))) {
            ZipEntry entry = zip.getNextEntry();
            assertThat(entry.getName()).isEqualTo(name + ".csv");
            List<String> rows =
                    new String(zip.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
            assertThat(zip.getNextEntry()).isNull();
            return rows;
        }
    }

    private List<String> files() throws IOException {
        try (var all = Files.list(folder)) {
            return all.map(each -> each.getFileName().toString()).toList();
        }
    }

    private static String sha256(Path file) throws Exception {
        return HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    }

    private static List<Candle> minutes(String from, int count) {
        List<Candle> minutes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            long open = at(from) + i * MINUTE;
            minutes.add(candle("1m", open, open + MINUTE - 1));
        }
        return minutes;
    }

    private static Candle candle(String interval, long open, long close) {
        return CandleBuilder.candle("AUSDT", interval, open)
                .closeTime(close)
                .prices(
                        new BigDecimal("1.5"),
                        new BigDecimal("2"),
                        new BigDecimal("0.000000000000000001"),
                        new BigDecimal("1.75"))
                .volume(BigDecimal.TEN, new BigDecimal("17.5"))
                .takerBuys(new BigDecimal("4"), new BigDecimal("7"))
                .count(3)
                .build();
    }
}
