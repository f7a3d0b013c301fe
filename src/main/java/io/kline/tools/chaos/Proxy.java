package io.kline.tools.chaos;

import io.kline.tools.stack.Ports;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A network between clients and one server of this machine. It may be slow, may lose packets, may
 * end its connections, or may go silent: then whatever is sent is lost, and nobody is notified. A
 * connection that was open at that time stays silent for good, as behind a router that was
 * replaced.
 */
final class Proxy implements Closeable {

    /** Small, so that a slow line holds little that is already read. */
    private static final int BUFFER = 64 << 10;

    private static final int CONNECT_MILLIS = 2_000;

    private final int target;
    private final ServerSocket server;
    private final Set<ProxiedConnection> connections = ConcurrentHashMap.newKeySet();
    private final Line up = new Line();
    private final Line down = new Line();
    private final ExecutorService threads =
            Executors.newCachedThreadPool(
                    task -> {
                        Thread thread = new Thread(task, "proxy");
                        thread.setDaemon(true);
                        return thread;
                    });
    private volatile boolean silent;

    /**
     * Begins to listen.
     *
     * @param port of this, 0 for any
     * @param target port of the server
     */
    Proxy(int port, int target) throws IOException {
        this.target = target;
        server = new ServerSocket();
        server.setReuseAddress(true);
        server.setReceiveBufferSize(BUFFER);
        server.bind(new InetSocketAddress(Ports.LOOPBACK, port));
        threads.execute(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    /** Everything takes that much longer, in each direction. */
    void delay(Duration time) {
        up.delay(time);
        down.delay(time);
    }

    /** All connections together have that many bytes a second in each direction; 0 is no limit. */
    void limit(long bytesPerSecond) {
        up.limit(bytesPerSecond);
        down.limit(bytesPerSecond);
    }

    /**
     * Loses a share of what is sent, in each direction.
     *
     * @param endsIn one connection in so many losses ends; 0 for none
     */
    void lose(double share, int endsIn, long seed) {
        up.lose(share, endsIn, seed);
        down.lose(share, endsIn, seed + 1);
    }

    /** Ends all connections; new ones are welcome. */
    void cut() {
        connections.forEach(ProxiedConnection::close);
    }

    /** Nothing arrives any more. Connections are accepted. */
    void silence() {
        silent = true;
        connections.forEach(ProxiedConnection::silence);
    }

    /** A network without faults for new connections, and for those that were not silenced. */
    void heal() {
        silent = false;
        delay(Duration.ZERO);
        limit(0);
        lose(0, 0, 0);
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                threads.execute(() -> open(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void open(Socket client) {
        Socket socket = new Socket();
        ProxiedConnection connection = new ProxiedConnection(client, socket, connections::remove);
        connections.add(connection);
        try {
            if (silent) {
                connection.silence();
            }
            socket.setReceiveBufferSize(BUFFER);
            socket.connect(new InetSocketAddress(Ports.LOOPBACK, target), CONNECT_MILLIS);
            connection.start(threads, up, down);
        } catch (IOException away) {
            connection.close();
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        cut();
        threads.shutdownNow();
    }
}
