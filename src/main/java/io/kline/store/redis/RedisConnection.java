package io.kline.store.redis;

import java.util.List;

/**
 * The servers as a writer needs them, whatever their topology. Thread safe: calls of different
 * servers do not wait for each other.
 */
public interface RedisConnection extends AutoCloseable {

    /**
     * Sends the calls and waits for their replies, in one round trip per server. Connects where
     * there is no connection yet; follows the redirections of a Cluster and loads the script where
     * a server lacks it.
     *
     * <p>When a connection replaces another one, its calls are {@link Reply.Unsent}: the epoch has
     * changed, and what was lost should travel together with what is new.
     *
     * @return a reply per call, in the order of the calls; no failure of a server is thrown
     */
    List<Reply> ask(List<Call> calls);

    /**
     * Counts the occasions on which a server may have lost what it had acknowledged: a connection
     * ended or had to be replaced, or another server has taken over.
     */
    long epoch();

    /**
     * The server that has a key, as far as is known without asking one. Whether it is known better
     * is seen by {@link #topologies}.
     */
    Object server(String key);

    /** Counts how often it has become known which server has which keys. */
    int topologies();

    /**
     * Releases connections and threads. May be called by another thread, to interrupt the users.
     */
    @Override
    void close();
}
