package io.kline.server;

import io.javalin.http.Context;
import io.kline.server.api.ApiResponse;
import io.kline.server.api.ApiResponse.Download;
import io.kline.server.api.Failures;
import java.io.IOException;
import java.io.OutputStream;
import java.net.StandardSocketOptions;
import java.net.URLEncoder;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Iterator;
import java.util.stream.Stream;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.io.EndPoint;
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

    /** What fits into the buffers of a connection keeps no thread. */
    private static final int LONG = 64 << 10;

    private final SlowReaders slowReaders;

    LongBody(SlowReaders slowReaders) {
        this.slowReaders = slowReaders;
    }

    /** Whether an answer has one. */
    static boolean is(ApiResponse reply) {
        return reply.download() != null || reply.body().length > LONG;
    }

    /** Sends the body of an answer, unless only its head is wanted. */
    void send(Context context, ApiResponse reply) {
        Download download = reply.download();
        if (download == null) {
            write(context, reply.body(), Collections.emptyIterator());
            return;
        }
        context.header("Content-Disposition", attachment(download.file()));
        try (Stream<byte[]> rest = download.rest()) {
            write(context, reply.body(), rest.iterator());
        }
    }

    private void write(Context context, byte[] first, Iterator<byte[]> rest) {
        // Not what X-HTTP-Method-Override makes of it.
        if (context.req().getMethod().equals(HEAD)) {
            return;
        }
        EndPoint client =
                ServletContextRequest.getServletContextRequest(context.req())
                        .getConnectionMetaData()
                        .getConnection()
                        .getEndPoint();
        boolean isWhole = false;
        try {
            OutputStream body = context.outputStream();
            slowReaders.write(client, body, first);
            while (rest.hasNext()) {
                slowReaders.write(client, body, rest.next());
            }
            isWhole = true;
        } catch (IOException e) {
            LOG.debug("the client has gone, or was too slow", e);
        } catch (RuntimeException e) {
            Failures.of(e);
        } finally {
            if (!isWhole) {
                reset(client);
            }
        }
    }

    private static void reset(EndPoint client) {
        try {
            if (client.getTransport() instanceof SocketChannel channel && channel.isOpen()) {
                // Without lingering it is reset. Jetty would end the output properly before.
                channel.setOption(StandardSocketOptions.SO_LINGER, 0);
                channel.close();
            }
        } catch (IOException e) {
            LOG.debug("closed already", e);
        }
        client.close();
    }

    /** With the name as RFC 6266 wants it: symbols have letters of any script. */
    private static String attachment(String file) {
        String encoded = URLEncoder.encode(file, StandardCharsets.UTF_8);
        String plain = "attachment; filename=\"" + file.replaceAll("[^ -~]", "_") + "\"";
        return encoded.equals(file) ? plain : plain + "; filename*=UTF-8''" + encoded;
    }
}
