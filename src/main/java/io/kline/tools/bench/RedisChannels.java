package io.kline.tools.bench;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.BiConsumer;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.JedisPubSub;

/** Listens to channels of Redis in a thread of its own. It has to have heard everything. */
final class RedisChannels implements AutoCloseable {

    private final Jedis jedis;
    private final JedisPubSub listener;
    private final Thread thread;

    private RedisChannels(Jedis jedis, JedisPubSub listener, Thread thread) {
        this.jedis = jedis;
        this.listener = listener;
        this.thread = thread;
    }

    /**
     * Begins; returns when Redis has confirmed all channels.
     *
     * @param messages gets channel and message
     */
    static RedisChannels subscribe(
            int port, List<String> channels, BiConsumer<String, String> messages)
            throws InterruptedException {
        CountDownLatch confirmed = new CountDownLatch(channels.size());
        JedisPubSub listener = listener(confirmed, messages);
        Jedis jedis = new Jedis("127.0.0.1", port, 0);
        Thread thread =
                new Thread(
                        () -> jedis.subscribe(listener, channels.toArray(String[]::new)),
                        "redis-channels");
        return started(jedis, listener, thread, confirmed);
    }

    /** The same with all channels of a pattern. */
    static RedisChannels matching(int port, String pattern, BiConsumer<String, String> messages)
            throws InterruptedException {
        CountDownLatch confirmed = new CountDownLatch(1);
        JedisPubSub listener = listener(confirmed, messages);
        Jedis jedis = new Jedis("127.0.0.1", port, 0);
        Thread thread = new Thread(() -> jedis.psubscribe(listener, pattern), "redis-channels");
        return started(jedis, listener, thread, confirmed);
    }

    private static RedisChannels started(
            Jedis jedis, JedisPubSub listener, Thread thread, CountDownLatch confirmed)
            throws InterruptedException {
        thread.setDaemon(true);
        thread.start();
        confirmed.await();
        return new RedisChannels(jedis, listener, thread);
    }

    private static JedisPubSub listener(
            CountDownLatch confirmed, BiConsumer<String, String> messages) {
        return new JedisPubSub() {
            @Override
            public void onSubscribe(String channel, int subscribed) {
                confirmed.countDown();
            }

            @Override
            public void onPSubscribe(String pattern, int subscribed) {
                confirmed.countDown();
            }

            @Override
            public void onMessage(String channel, String message) {
                messages.accept(channel, message);
            }

            @Override
            public void onPMessage(String pattern, String channel, String message) {
                messages.accept(channel, message);
            }
        };
    }

    /**
     * Ends it.
     *
     * @throws WrongResultException if Redis has ended it before
     */
    @Override
    public void close() {
        if (!thread.isAlive()) {
            jedis.close();
            throw new WrongResultException("Redis has cut off who listens");
        }
        if (listener.isSubscribed()) {
            listener.unsubscribe();
            listener.punsubscribe();
        }
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        jedis.close();
    }
}
