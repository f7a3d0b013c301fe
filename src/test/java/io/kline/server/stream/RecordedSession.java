package io.kline.server.stream;

import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;

/** A network that takes everything at once, and remembers it. */
final class RecordedSession {

    final List<String> texts = Collections.synchronizedList(new ArrayList<>());
    final AtomicInteger pings = new AtomicInteger();

    Session session() {
        return (Session)
                Proxy.newProxyInstance(
                        Session.class.getClassLoader(),
                        new Class<?>[] {Session.class},
                        (proxy, method, arguments) -> {
                            if (method.getName().equals("sendText")) {
                                texts.add((String) arguments[0]);
                                ((Callback) arguments[1]).succeed();
                            } else if (arguments != null && arguments[0] instanceof ByteBuffer) {
                                pings.incrementAndGet();
                            }
                            return null;
                        });
    }
}
