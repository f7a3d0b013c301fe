package io.kline.server;

import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.kline.server.api.ApiResponse;
import io.kline.server.api.Failures;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Iterator;
import java.util.stream.Stream;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;

/**
 * Sends a body part by part. What goes wrong behind the first part comes too late for a refusal, so
 * the connection is closed before the body ends: no client takes that for a whole one.
 */
final class LongBody {

    private LongBody() {}

    static void send(Context context, ApiResponse reply) {
        context.header(
                "Content-Disposition",
                "attachment; filename=\"%s\"".formatted(reply.download().file()));
        try (Stream<byte[]> rest = reply.download().rest()) {
            if (context.method() != HandlerType.HEAD) {
                write(context, reply.body(), rest.iterator());
            }
        }
    }

    private static void write(Context context, byte[] first, Iterator<byte[]> rest) {
        try {
            OutputStream body = context.outputStream();
            body.write(first);
            while (rest.hasNext()) {
                body.write(rest.next());
            }
        } catch (IOException e) {
            // The client has gone, or was too slow.
            breakOff(context);
        } catch (RuntimeException e) {
            Failures.of(e);
            breakOff(context);
        }
    }

    private static void breakOff(Context context) {
        ServletContextRequest.getServletContextRequest(context.req())
                .getConnectionMetaData()
                .getConnection()
                .getEndPoint()
                .close();
    }
}
