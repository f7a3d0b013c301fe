package io.kline.server;

import io.javalin.http.Context;
import io.kline.server.api.ApiResponse;
import io.kline.server.api.ApiResponse.Download;
import io.kline.server.api.Failures;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.OutputStream;
import java.net.StandardSocketOptions;
import java.net.URLEncoder;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Iterator;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Request;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends a body part by part. What goes wrong behind the first part comes too late for a refusal, so
 * the connection is reset before the body ends: no client takes that for a whole one, also where a
 * body ends with its connection.
 */
final class LongBody {

    private static final Logger LOG = LoggerFactory.getLogger(LongBody.class);

    private static final String HEAD = "HEAD";

    /** How long a closed connection goes on sending what it has, s: it is reset. */
    private static final int RESET = 0;

    private static final int AS_USUAL = -1;

    /** What is shorter is written at once. */
    private static final int LONG = 64 << 10;

    private final SlowReaders slowReaders;

    LongBody(SlowReaders slowReaders) {
        this.slowReaders = slowReaders;
    }

    /** Whether an answer has one. */
    static boolean is(ApiResponse reply) {
        return reply.download() != null || reply.body().length > LONG;
    }

    /**
     * Sends a body that is not long. It keeps a thread all the same where its client has not taken
     * the answers before it.
     */
    void sendShort(Context context, ApiResponse reply) {
        EndPoint client = client(context.req());
        Future<?> end = slowReaders.cutOffLater(() -> reset(client));
        Request.addCompletionListener(
                ServletContextRequest.getServletContextRequest(context.req()),
                failure -> end.cancel(false));
        context.result(reply.body());
    }

    /** Sends the body of an answer, unless only its head is wanted. */
    void send(Context context, ApiResponse reply) throws IOException {
        // Not what X-HTTP-Method-Override makes of it.
        boolean isHead = context.req().getMethod().equals(HEAD);
        Download download = reply.download();
        if (download == null) {
            if (isHead) {
                context.result(reply.body());
            } else {
                write(context, reply.body(), Collections.emptyIterator());
            }
            return;
        }
        context.header("Content-Disposition", attachment(download.file()));
        try (Stream<byte[]> rest = download.rest()) {
            if (isHead) {
                // Else it would say that there are no bytes.
                context.res().flushBuffer();
            } else {
                write(context, reply.body(), rest.iterator());
            }
        }
    }

    private void write(Context context, byte[] first, Iterator<byte[]> rest) {
        EndPoint client = client(context.req());
        boolean isWhole = false;
        linger(client, RESET);
        try {
            OutputStream body = context.outputStream();
            SlowReaders.Answer answer = slowReaders.begin(body, () -> reset(client));
            answer.write(first);
            while (rest.hasNext()) {
                answer.write(rest.next());
            }
            body.flush();
            isWhole = true;
        } catch (IOException e) {
            LOG.debug("the client has gone, or was too slow", e);
        } catch (RuntimeException e) {
            LOG.warn("An answer breaks off: {}", Failures.of(e).getMessage());
        } finally {
            if (isWhole) {
                linger(client, AS_USUAL);
            } else {
                reset(client);
            }
        }
    }

    private static EndPoint client(HttpServletRequest request) {
        return ServletContextRequest.getServletContextRequest(request)
                .getConnectionMetaData()
                .getConnection()
                .getEndPoint();
    }

    private static void reset(EndPoint client) {
        linger(client, RESET);
        if (client.getTransport() instanceof SocketChannel channel) {
            try {
                // Jetty would end the output properly before.
                channel.close();
            } catch (IOException e) {
                LOG.debug("closed already", e);
            }
        }
        client.close();
    }

    /** Whoever closes the connection meanwhile resets it, or does not. */
    private static void linger(EndPoint client, int seconds) {
        if (client.getTransport() instanceof SocketChannel channel && channel.isOpen()) {
            try {
                channel.setOption(StandardSocketOptions.SO_LINGER, seconds);
            } catch (IOException e) {
                LOG.debug("closed already", e);
            }
        }
    }

    /** With the name as RFC 6266 wants it: symbols have letters of any script. */
    private static String attachment(String file) {
        String encoded = URLEncoder.encode(file, StandardCharsets.UTF_8);
        String plain = "attachment; filename=\"" + file.replaceAll("[^ -~]", "_") + "\"";
        return encoded.equals(file) ? plain : plain + "; filename*=UTF-8''" + encoded;
    }
}
