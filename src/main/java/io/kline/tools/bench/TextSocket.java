package io.kline.tools.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.kline.store.DaemonThread;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.util.function.Consumer;

/**
 * A WebSocket client that reads texts on a thread of its own, and answers pings. The JDK's client
 * mixed up bytes when a thousand connections were busy: it reported invalid UTF-8 where the server
 * had sent none.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6455#section-5.2">RFC 6455, frames</a>
 */
final class TextSocket implements AutoCloseable {

    private static final int BUFFER = 16 << 10;
    private static final int TEXT = 0x81;
    private static final int PING = 0x89;
    private static final int LENGTH_OF_16_BITS = 126;
    private static final int LONGEST_SHORT = 125;
    private static final String SWITCHED = "HTTP/1.1 101 ";

    /** A pong without content, masked by zeros. */
    private static final byte[] PONG = {(byte) 0x8a, (byte) 0x80, 0, 0, 0, 0};

    private final Socket socket;
    private final DataInputStream in;
    private final Consumer<String> texts;
    private final Consumer<String> troubles;
    private volatile boolean isClosed;

    private TextSocket(Socket socket, Consumer<String> texts, Consumer<String> troubles)
            throws IOException {
        this.socket = socket;
        this.in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), BUFFER));
        this.texts = texts;
        this.troubles = troubles;
    }

    /**
     * Connects to a server of this machine.
     *
     * @param texts gets each text
     * @param troubles gets why the connection has ended, unless it was closed here
     */
    static TextSocket open(int port, String path, Consumer<String> texts, Consumer<String> troubles)
            throws IOException {
        TextSocket opened = new TextSocket(new Socket("127.0.0.1", port), texts, troubles);
        opened.shakeHands(path);
        new DaemonThread(opened::read, "text-socket").start();
        return opened;
    }

    private void shakeHands(String path) throws IOException {
        String request =
                """
                GET %s HTTP/1.1\r
                Host: 127.0.0.1\r
                Upgrade: websocket\r
                Connection: Upgrade\r
                Sec-WebSocket-Version: 13\r
                Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r
                \r
                """;
        socket.getOutputStream().write(request.formatted(path).getBytes(US_ASCII));
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.readUnsignedByte());
        }
        if (!head.toString().startsWith(SWITCHED)) {
            throw new IOException("refused: " + head);
        }
    }

    private void read() {
        try {
            while (true) {
                int kind = in.readUnsignedByte();
                byte[] content = new byte[length(in.readUnsignedByte())];
                in.readFully(content);
                if (kind == PING) {
                    socket.getOutputStream().write(PONG);
                } else if (kind == TEXT) {
                    texts.accept(new String(content, US_ASCII));
                } else {
                    throw new IOException("a frame of kind " + kind);
                }
            }
        } catch (EOFException e) {
            end("closed by the server");
        } catch (IOException | RuntimeException e) {
            end(e.toString());
        }
    }

    private int length(int first) throws IOException {
        if (first == LENGTH_OF_16_BITS) {
            return in.readUnsignedShort();
        }
        if (first > LONGEST_SHORT) {
            throw new IOException("a frame of length " + first);
        }
        return first;
    }

    private void end(String why) {
        if (!isClosed) {
            troubles.accept(why);
        }
    }

    @Override
    public void close() {
        isClosed = true;
        try {
            socket.close();
        } catch (IOException e) {
            // Nobody reads from it any more.
            return;
        }
    }
}
