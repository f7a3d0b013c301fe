package io.kline.store;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** A thread that keeps no process from ending. */
public final class DaemonThread extends Thread {

    /** Runs a task when it is started. */
    public DaemonThread(Runnable task, String name) {
        super(task, name);
        setDaemon(true);
    }

    /** Makes threads of one name. */
    public static ThreadFactory named(String name) {
        return task -> new DaemonThread(task, name);
    }

    /** One thread for tasks in their order. Without any it ends by itself: nobody closes it. */
    public static Executor onDemand(String name) {
        return new ThreadPoolExecutor(
                0, 1, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), named(name));
    }
}
