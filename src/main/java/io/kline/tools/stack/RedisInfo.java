package io.kline.tools.stack;

import redis.clients.jedis.Jedis;

/** What a server of Redis says of itself. */
public final class RedisInfo {

    private RedisInfo() {}

    /** How often it has executed a command since its start, those of scripts included. */
    public static long calls(Jedis redis, String command) {
        String stat = "cmdstat_" + command + ":calls=";
        return redis.info("commandstats")
                .lines()
                .filter(line -> line.startsWith(stat))
                .mapToLong(line -> Long.parseLong(line.substring(stat.length(), line.indexOf(','))))
                .sum();
    }

    /** Its CPU time since its start, s: finer than that of {@code /proc}. */
    public static double cpuSeconds(Jedis redis) {
        return redis.info("cpu")
                .lines()
                .filter(line -> line.matches("used_cpu_(sys|user):.*"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.indexOf(':') + 1)))
                .sum();
    }
}
