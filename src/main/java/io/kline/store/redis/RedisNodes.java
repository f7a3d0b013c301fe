package io.kline.store.redis;

import java.util.List;

/** The servers, whatever their topology. Thread safe. */
public interface RedisNodes extends AutoCloseable {

    /**
     * Sends the calls and waits for their replies, in one round trip per server.
     *
     * @return a reply per call, in the order of the calls; no failure of a server is thrown
     */
    List<Reply> ask(List<Call> calls);

    /** A reply of each server to a PING, also of those that have been left alone for a moment. */
    List<Reply> ping();

    @Override
    void close();
}
