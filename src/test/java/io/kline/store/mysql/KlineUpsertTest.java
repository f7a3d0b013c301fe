package io.kline.store.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class KlineUpsertTest {

    /** The server assigns from left to right, and each assignment compares the whole version. */
    @Test
    void theVersionIsAssignedLastAndItsFirstPartAtTheVeryEnd() {
        String update =
                KlineUpsert.SQL.substring(KlineUpsert.SQL.indexOf("ON DUPLICATE KEY UPDATE"));
        List<String> assigned =
                Pattern.compile("(\\w+) = IF\\(")
                        .matcher(update)
                        .results()
                        .map(match -> match.group(1))
                        .toList();
        assertThat(assigned)
                .hasSize(17)
                .endsWith(
                        "closed", "version_trade_id", "last_trade_time", "trade_count", "revision");
    }
}
