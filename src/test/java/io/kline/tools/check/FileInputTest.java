package io.kline.tools.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.kline.model.Trade;
import io.kline.tools.replay.FileOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The checker reads the files that a replay sends. */
class FileInputTest {

    @TempDir private Path folder;

    @Command
    private static final class Options {
        @Mixin private final FileOptions file = new FileOptions();
    }

    @Test
    void aggregatesWithoutASymbolInTheirName() throws Exception {
        String rows =
                "12,0.5,7,100,103,1614556630707,True,True\n"
                        + "13,0,0,-1,-1,1614556630708,True,True\n"
                        + "14,0.6,x,104,104,1614556630709,True,True\n";

        try (SpooledTrades spool = read("renamed.csv", rows, "--symbol", "ZILBTC")) {
            SymbolTrades trades = spool.of("ZILBTC");
            assertThat(trades.sure()).map(Trade::firstId).containsExactly(100L);
            assertThat(trades.sure()).map(Trade::count).containsExactly(4L);
            assertThat(spool.recordsAtBegin()).isEqualTo(3);
            assertThat(spool.unusable().get("ZILBTC").text()).isEqualTo("1 (1 zero)");
            assertThat(spool.unusable().get("").text()).isEqualTo("1 (1 not-sent)");
        }
    }

    @Test
    void recordedStreams() throws Exception {
        String trade =
                "{\"e\":\"trade\",\"s\":\"A\",\"t\":1,\"p\":\"1\",\"q\":\"2\",\"T\":1614556630707,"
                        + "\"m\":true}";
        String lines =
                "1614556630.9\t{\"stream\":\"a@trade\",\"data\":"
                        + trade
                        + "}\n"
                        + "1614556631.0\t{\"stream\":\"a@depth\",\"data\":{\"s\":\"A\"}}\n"
                        + "garbage\n";

        try (SpooledTrades spool = read("recorded.log", lines, "--format", "json")) {
            assertThat(spool.of("A").sure()).hasSize(1);
            assertThat(spool.unusable().get("").text()).isEqualTo("2 (1 not-sent, 1 not-json)");
        }
    }

    /** In seconds it would be a trade of 1970. */
    @Test
    void aTradeOfAnotherAge() throws Exception {
        String trade =
                "{\"e\":\"trade\",\"s\":\"A\",\"t\":1,\"p\":\"1\",\"q\":\"2\",\"T\":1614556630,"
                        + "\"m\":true}\n";

        try (SpooledTrades spool = read("seconds.log", trade, "--format", "json")) {
            assertThat(spool.of("A").sure()).isEmpty();
            assertThat(spool.unusable().get("A").text()).isEqualTo("1 (1 bad-time)");
        }
    }

    @Test
    void aGivenLayout() throws Exception {
        String row = "600519,2,100,200,1614556630707,true\n";

        try (SpooledTrades spool = read("codes.csv", row, "--layout", "kline")) {
            assertThat(spool.of("600519").sure()).map(Trade::id).containsExactly(2L);
        }
    }

    private SpooledTrades read(String name, String content, String... args) throws Exception {
        Path path = Files.writeString(folder.resolve(name), content);
        Options options = new Options();
        new CommandLine(options).setCaseInsensitiveEnumValuesAllowed(true).parseArgs(args);
        FileInput source =
                new FileInput(
                        () -> options.file.open(path, note -> {}),
                        Long.MAX_VALUE / 4,
                        Duration.ofDays(7_300).toMillis());
        SpooledTrades spool = new SpooledTrades(source, Set.of());
        spool.begin();
        return spool;
    }
}
