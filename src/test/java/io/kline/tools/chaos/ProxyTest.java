package io.kline.tools.chaos;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kline.tools.stack.Ports;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A proxy before a server that sends back what it gets. */
class ProxyTest {

    private static final int PATIENCE_MILLIS = 30_000;

    private ServerSocket server;
    private Proxy proxy;

    @BeforeEach
    void start() throws IOException {
        server = new ServerSocket();
        server.bind(new InetSocketAddress(Ports.LOOPBACK, 0));
        Thread thread = new Thread(this::serve, "echo");
        thread.setDaemon(true);
        thread.start();
        proxy = new Proxy(0, server.getLocalPort());
    }

    @AfterEach
    void stop() throws IOException {
        proxy.close();
        server.close();
    }

    @Test
    void bytesGoBothWaysUnchanged() throws IOException {
        byte[] much = new byte[1 << 20];
        new Random(7).nextBytes(much);
        try (Socket client = connect()) {
            Thread sender = new Thread(() -> send(client, much));
            sender.start();

            assertThat(client.getInputStream().readNBytes(much.length)).isEqualTo(much);
        }
    }

    @Test
    void aSlowLineLosesNothing() throws IOException {
        proxy.delay(Duration.ofMillis(5));
        proxy.limit(4 << 20);
        bytesGoBothWaysUnchanged();
    }

    @Test
    void aLossDelaysAndChangesNothing() throws IOException {
        proxy.lose(0.02, 0, 7);
        bytesGoBothWaysUnchanged();
    }

    @Test
    void aConnectionMayEndOverALoss() throws IOException {
        proxy.lose(1, 1, 7);
        try (Socket client = connect()) {
            assertThatThrownBy(() -> echo(client))
                    .isInstanceOfAny(IOException.class, UncheckedIOException.class)
                    .isNotInstanceOf(SocketTimeoutException.class);
        }
        proxy.heal();
        try (Socket another = connect()) {
            assertThat(echo(another)).isEqualTo("hello");
        }
    }

    @Test
    void aCutEndsConnectionsAndNewOnesAreWelcome() throws IOException {
        try (Socket client = connect()) {
            assertThat(echo(client)).isEqualTo("hello");

            proxy.cut();

            assertThatThrownBy(() -> echo(client))
                    .isInstanceOfAny(IOException.class, UncheckedIOException.class);
        }
        try (Socket another = connect()) {
            assertThat(echo(another)).isEqualTo("hello");
        }
    }

    @Test
    void whatWasSilencedStaysSilentAndIsNotClosed() throws IOException {
        try (Socket client = connect()) {
            assertThat(echo(client)).isEqualTo("hello");

            proxy.silence();

            assertSilence(client);
            proxy.heal();
            assertSilence(client);
        }
    }

    @Test
    void inASilenceConnectionsAreAccepted() throws IOException {
        proxy.silence();

        try (Socket client = connect()) {
            assertSilence(client);
        }
        proxy.heal();
        try (Socket another = connect()) {
            assertThat(echo(another)).isEqualTo("hello");
        }
    }

    @Test
    void aServerThatIsAwayTurnsClientsAway() throws IOException {
        // A free port may be given to the proxy's own socket, which is then connected with itself.
        try (Socket taken = new Socket()) {
            taken.bind(new InetSocketAddress(Ports.LOOPBACK, 0));
            proxy.close();
            proxy = new Proxy(0, taken.getLocalPort());
            try (Socket client = connect()) {
                assertThatThrownBy(() -> echo(client))
                        .isInstanceOfAny(IOException.class, UncheckedIOException.class)
                        .isNotInstanceOf(SocketTimeoutException.class);
            } catch (IOException refused) {
                assertThat(refused).hasMessageContaining("onnection");
            }
        }
    }

    @Test
    void theEndComesAfterAllThatWasSent() throws IOException {
        proxy.delay(Duration.ofMillis(50));
        try (Socket client = connect()) {
            send(client, "bye".getBytes(US_ASCII));

            assertThat(client.getInputStream().readNBytes(3)).asString(US_ASCII).isEqualTo("bye");
        }
    }

    private static void assertSilence(Socket client) throws IOException {
        client.getOutputStream().write("hello".getBytes(US_ASCII));
        client.setSoTimeout(300);
        assertThatThrownBy(() -> client.getInputStream().read())
                .isInstanceOf(SocketTimeoutException.class);
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(Ports.LOOPBACK, proxy.port());
        socket.setSoTimeout(PATIENCE_MILLIS);
        return socket;
    }

    private static String echo(Socket client) throws IOException {
        send(client, "hello".getBytes(US_ASCII));
        byte[] back = client.getInputStream().readNBytes(5);
        if (back.length < 5) {
            throw new IOException("ended");
        }
        return new String(back, US_ASCII);
    }

    private static void send(Socket client, byte[] bytes) {
        try {
            client.getOutputStream().write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void serve() {
        try {
            while (true) {
                Socket client = server.accept();
                Thread thread = new Thread(() -> sendBack(client), "echo");
                thread.setDaemon(true);
                thread.start();
            }
        } catch (IOException closed) {
            return;
        }
    }

    /** Ends the connection itself when it has heard "bye". */
    private static void sendBack(Socket client) {
        try (client) {
            InputStream in = client.getInputStream();
            byte[] buffer = new byte[4 << 10];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                client.getOutputStream().write(buffer, 0, n);
                if (new String(buffer, 0, n, US_ASCII).equals("bye")) {
                    return;
                }
            }
        } catch (IOException closed) {
            return;
        }
    }
}
