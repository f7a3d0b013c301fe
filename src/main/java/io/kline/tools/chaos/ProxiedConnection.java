package io.kline.tools.chaos;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A client's connection, and the one to the server that stands for it. */
final class ProxiedConnection {

    private static final int CHUNK = 8 << 10;

    /** Of chunks on their way: 2 MB are enough for what a delay holds. */
    private static final int MOST_CHUNKS = 256;

    private final Socket client;
    private final Socket server;
    private final Consumer<ProxiedConnection> onClose;
    private volatile boolean silent;

    /**
     * @param server not connected yet
     * @param onClose runs when it has ended
     */
    ProxiedConnection(Socket client, Socket server, Consumer<ProxiedConnection> onClose) {
        this.client = client;
        this.server = server;
        this.onClose = onClose;
    }

    /** Begins to pass on what comes from either side. */
    void start(Executor threads, Line up, Line down) throws IOException {
        client.setTcpNoDelay(true);
        server.setTcpNoDelay(true);
        direction(threads, up, client, server);
        direction(threads, down, server, client);
    }

    /** From now on nothing is passed on, not even that the server has closed it. */
    void silence() {
        silent = true;
    }

    /** Ends it on both sides, as a crash would. */
    synchronized void close() {
        if (!client.isClosed()) {
            reset(client);
            reset(server);
            onClose.accept(this);
        }
    }

    private void direction(Executor threads, Line line, Socket from, Socket to) {
        BlockingQueue<Chunk> queue = new ArrayBlockingQueue<>(MOST_CHUNKS);
        threads.execute(() -> guarded(from, () -> read(from.getInputStream(), line, queue)));
        threads.execute(() -> guarded(to, () -> write(queue, to)));
    }

    private void read(InputStream in, Line line, BlockingQueue<Chunk> queue)
            throws IOException, InterruptedException {
        byte[] buffer = new byte[CHUNK];
        int bytes = in.read(buffer);
        while (bytes >= 0) {
            if (!silent) {
                long sent = line.sent(bytes, System.nanoTime());
                long arrives = line.arrives(sent);
                if (arrives == Line.NEVER) {
                    close();
                    return;
                }
                queue.put(new Chunk(arrives, Arrays.copyOf(buffer, bytes)));
                // Reads no faster than the line, so that whoever sends notices.
                sleepUntil(sent);
            }
            bytes = in.read(buffer);
        }
        queue.put(Chunk.END);
    }

    private void write(BlockingQueue<Chunk> queue, Socket to)
            throws IOException, InterruptedException {
        Chunk chunk = queue.take();
        while (chunk != Chunk.END) {
            sleepUntil(chunk.arrives);
            if (!silent) {
                to.getOutputStream().write(chunk.bytes);
            }
            chunk = queue.take();
        }
        // The end is passed on after all that came before it.
        if (!silent || to == server) {
            close();
        }
    }

    private static void sleepUntil(long time) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(time - System.nanoTime());
    }

    private void guarded(Socket side, Step step) {
        try {
            step.run();
        } catch (IOException broken) {
            if (!silent || side == client) {
                close();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            close();
        }
    }

    private static void reset(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException closed) {
            // A connection that was refused is closed already.
            return;
        }
    }

    private interface Step {
        void run() throws IOException, InterruptedException;
    }

    /**
     * Bytes on their way.
     *
     * @param arrives when they come out, ns
     */
    private record Chunk(long arrives, byte[] bytes) {
        static final Chunk END = new Chunk(0, new byte[0]);
    }
}
