package io.kline.tools.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import io.kline.store.TradeJson;
import io.kline.tools.stack.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import redis.clients.jedis.Jedis;

/** More symbols than anybody lists. */
final class UnknownSymbols {

    private static final int COUNT = 100_000;

    /** How many of them are checked: all would take longer than everything else. */
    private static final int CHECKED = 300;

    private UnknownSymbols() {}

    static void play(World world) throws Exception {
        world.pauses().away(symbol -> true);
        List<String> checked;
        try (Jedis redis = world.jedis()) {
            checked = new ArrayList<>(redis.smembers("kline:symbols"));
        }
        note(world, "before");
        long before = System.nanoTime();
        try (RawTopic trades = new RawTopic(world.kafka().address(), "trades")) {
            for (int i = 0; i < COUNT; i++) {
                String symbol = "UNKNOWN" + i;
                long now = System.currentTimeMillis();
                trades.send(symbol, TradeJson.write(symbol, 1, "1.5", "2", now, true, now));
            }
            trades.flush();
        }
        Await.until(
                COUNT + " symbols are in Redis",
                Duration.ofMinutes(5),
                () -> {
                    try (Jedis redis = world.jedis()) {
                        return redis.scard("kline:symbols") >= COUNT;
                    }
                });
        world.note("all in Redis after %d s", (System.nanoTime() - before) / 1_000_000_000);
        world.awaitFresh();
        // A tick, which closes a candle of every symbol and opens another.
        world.sleep(Duration.ofSeconds(65));
        note(world, "after");
        for (int i = 0; i < CHECKED; i++) {
            checked.add("UNKNOWN" + world.random.nextInt(COUNT));
        }
        world.verdict().checkOnly(checked);
    }

    private static void note(World world, String when) {
        JsonNode checkpoint =
                world.jobs()
                        .about(world.jobs().live(), "/checkpoints")
                        .path("latest")
                        .path("completed");
        String memory;
        try (Jedis redis = world.jedis()) {
            memory =
                    redis.info("memory")
                            .lines()
                            .filter(l -> l.startsWith("used_memory:"))
                            .findFirst()
                            .orElseThrow();
        }
        world.note(
                "%s: heaps of the TaskManagers %.0f MB, checkpoint %.1f MB in %.1f s, Redis %.0f MB",
                when,
                world.jobs().ofTaskManagers("Status.JVM.Memory.Heap.Used") / (1 << 20),
                checkpoint.path("state_size").asDouble() / (1 << 20),
                checkpoint.path("end_to_end_duration").asDouble() / 1000,
                Double.parseDouble(memory.substring(memory.indexOf(':') + 1).strip()) / (1 << 20));
    }
}
