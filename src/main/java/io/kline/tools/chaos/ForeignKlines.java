package io.kline.tools.chaos;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Records of the topic {@code klines} that neither job has written. */
final class ForeignKlines {

    private static final String KLINE =
            "{\"e\":\"kline\",\"E\":1,\"s\":\"BTCUSDT\",\"k\":{\"t\":1672515780000,"
                    + "\"T\":1672515839999,\"s\":\"BTCUSDT\",\"i\":\"1m\",\"f\":1,\"L\":2,"
                    + "\"o\":\"1\",\"c\":\"1\",\"h\":\"1\",\"l\":\"1\",\"v\":\"1\",\"n\":2,"
                    + "\"x\":true,\"q\":\"1\",\"V\":\"0\",\"Q\":\"0\",\"lt\":1672515839000,"
                    + "\"li\":2,\"r\":0}}";

    private ForeignKlines() {}

    /** One of each kind. */
    static List<byte[]> of(Random random) {
        byte[] noise = new byte[1 + random.nextInt(3_000)];
        random.nextBytes(noise);
        List<byte[]> all = new ArrayList<>();
        all.add(null);
        all.add(new byte[0]);
        all.add(noise);
        for (String text :
                List.of(
                        "{}",
                        "[]",
                        "null",
                        "{\"order\":17,\"e\":\"executionReport\"}",
                        "{\"e\":\"kline\"}",
                        "{\"e\":\"lateTrade\"}",
                        KLINE.substring(0, 200),
                        KLINE.replace("\"1m\"", "\"7q\""),
                        KLINE.replace("\"1m\"", "\"" + "9".repeat(400) + "m\""),
                        KLINE.replace("\"o\":\"1\"", "\"o\":\"0\""),
                        KLINE.replace("\"o\":\"1\"", "\"o\":\"-1\""),
                        KLINE.replace("\"o\":\"1\"", "\"o\":\"1e99\""),
                        KLINE.replace("\"v\":\"1\"", "\"v\":\"-1\""),
                        KLINE.replace("\"n\":2", "\"n\":-2"),
                        KLINE.replace("\"T\":1672515839999", "\"T\":0"),
                        KLINE.replace("\"s\":\"BTCUSDT\"", "\"s\":\"btc usdt\""),
                        KLINE.replace("\"x\":true", "\"x\":\"maybe\""),
                        "{\"x\":\"" + "x".repeat(900_000) + "\"}")) {
            all.add(text.getBytes(StandardCharsets.UTF_8));
        }
        return all;
    }
}
