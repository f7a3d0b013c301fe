package io.kline.server.stream;

import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;

/** A network that takes everything at once, unless it is stuck, and remembers it. */
final class RecordedSession {

    final List<String> texts = new CopyOnWriteArrayList<>();
    final AtomicInteger pings = new AtomicInteger();
    final AtomicInteger ends = new AtomicInteger();
    volatile boolean isStuck;

    Session session() {
        return (Session)
                Proxy.newProxyInstance(
                        Session.class.getClassLoader(),
                        new Class<?>[] {Session.class},
                        (proxy, method, arguments) -> {
                            if (method.getName().equals("sendText")) {
                                texts.add((String) arguments[0]);
                                if (!isStuck) {
                                    ((Callback) arguments[1]).succeed();
                                }
                            } else if (method.getName().equals("disconnect")) {
                                ends.incrementAndGet();
                            } else if (arguments != null && arguments[0] instanceof ByteBuffer) {
                                pings.incrementAndGet();
                            }
                            return null;
                        });
    }
}
