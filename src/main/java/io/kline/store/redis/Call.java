package io.kline.store.redis;

import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import redis.clients.jedis.Protocol.Command;

/**
 * One command for Redis.
 *
 * @param key a key it touches; all of its keys are in the slot of this one
 * @param command its name
 * @param args what follows the name, encoded when it is sent: Redis works on the first calls of a
 *     pipeline while the rest is being encoded
 */
public record Call(String key, Command command, Supplier<byte[][]> args) {

    /** The command with its key and more arguments as text. */
    public static Call of(Command command, String key, String... more) {
        return new Call(key, command, () -> encoded(key, more));
    }

    private static byte[][] encoded(String key, String... more) {
        byte[][] args = new byte[1 + more.length][];
        args[0] = key.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < more.length; i++) {
            args[1 + i] = more[i].getBytes(StandardCharsets.UTF_8);
        }
        return args;
    }
}
