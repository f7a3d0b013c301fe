package io.kline.store.redis;

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
public record Call(String key, Command command, Supplier<byte[][]> args) {}
