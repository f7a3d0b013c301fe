package io.kline.sink.redis;

import redis.clients.jedis.Protocol.Command;

/**
 * One command for Redis.
 *
 * @param key a key it touches; all of its keys are in the slot of this one
 * @param command its name
 * @param args what follows the name
 */
record Call(String key, Command command, byte[][] args) {}
