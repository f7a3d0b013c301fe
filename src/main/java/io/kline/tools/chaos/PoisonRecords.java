package io.kline.tools.chaos;

import io.kline.store.TradeJson;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/** Records of the topic {@code trades} that are no trades, of every kind. */
final class PoisonRecords {

    /**
     * A record.
     *
     * @param reason of its dead letter
     */
    record Bad(String reason, byte[] value) {}

    private static final String SYMBOL = "POISONUSDT";

    private final Random random;

    PoisonRecords(Random random) {
        this.random = random;
    }

    /**
     * One record of each kind.
     *
     * @param now ms
     */
    List<Bad> of(long now) {
        byte[] noise = new byte[1 + random.nextInt(2_000)];
        random.nextBytes(noise);
        // A brace first, so that it may look like JSON for a while.
        noise[0] = '{';
        return List.of(
                new Bad("not-json", null),
                new Bad("not-json", new byte[0]),
                new Bad("not-json", noise),
                text("not-json", "[1,2,3]"),
                text("not-json", good(now).substring(0, 40)),
                text("not-json", good(now) + good(now)),
                text("not-json", "{\"x\":" + "[".repeat(3_000) + "}"),
                text("missing-field", "{}"),
                text("missing-field", good(now).replace("\"s\":", "\"S\":")),
                text("missing-field", good(now).replace("\"t\":7", "\"t\":\"seven\"")),
                text("bad-field", good(now).replace("\"m\":false", "\"m\":\"no\"")),
                text("bad-field", good(now).replace("\"p\":\"1.5\"", "\"p\":true")),
                text("bad-field", good(now).replace("\"p\":\"1.5\"", "\"p\":\"NaN\"")),
                text("unknown-event", good(now).replace("\"e\":\"trade\"", "\"e\":\"kline\"")),
                symbol("poisonusdt", now),
                symbol("", now),
                symbol("POISON USDT", now),
                symbol("A".repeat(33), now),
                symbol("POISON:{X}", now),
                symbol("POISON\\nUSDT", now),
                symbol("POISON\u202eUSDT", now),
                symbol("E\u0301USDT", now),
                symbol("\ud83d\udca9", now),
                text("negative-number", good(now).replace("\"1.5\"", "\"-1.5\"")),
                text("negative-number", good(now).replace("\"t\":7", "\"t\":-7")),
                text("too-many-digits", good(now).replace("\"1.5\"", "\"1e999999999\"")),
                text(
                        "too-many-digits",
                        good(now).replace("\"1.5\"", "\"1." + "1".repeat(19) + "\"")),
                text("bad-time", good(0)),
                text("bad-time", good(-now)),
                text("bad-time", good(now / 1_000)),
                text("future-time", good(now + 60_000)),
                text("future-time", good(now + 86_400_000L)),
                text("future-time", good(now + 315_360_000_000L)),
                text("future-time", good(Long.MAX_VALUE)),
                large(5_000),
                large(900_000));
    }

    /** A record of some bytes, which would be a trade if it were shorter. */
    Bad large(int bytes) {
        String trade = good(System.currentTimeMillis());
        String padding = ",\"x\":\"" + "x".repeat(bytes) + "\"}";
        return text("too-large", trade.substring(0, trade.length() - 1) + padding);
    }

    private static Bad symbol(String symbol, long now) {
        return text("bad-symbol", good(now).replace(SYMBOL, symbol));
    }

    private static Bad text(String reason, String text) {
        return new Bad(reason, text.getBytes(StandardCharsets.UTF_8));
    }

    private static String good(long time) {
        return new String(
                TradeJson.write(SYMBOL, 7, "1.5", "2", time, false, time), StandardCharsets.UTF_8);
    }
}
