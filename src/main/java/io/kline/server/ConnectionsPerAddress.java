package io.kline.server;

import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;

/**
 * Closes connections from addresses that have too many already, before anything is read from them.
 * Connections from trusted proxies are not counted: many clients come in their names. Thread safe.
 */
final class ConnectionsPerAddress implements Connection.Listener {

    private final int most;
    private final ClientAddress client;
    private final Map<EndPoint, String> open = new ConcurrentHashMap<>();
    private final Map<String, Integer> counts = new ConcurrentHashMap<>();

    /**
     * @param most connections from one address, or network of IPv6
     * @param client knows who is one
     */
    ConnectionsPerAddress(int most, ClientAddress client) {
        this.most = most;
        this.client = client;
    }

    @Override
    public void onOpened(Connection connection) {
        EndPoint end = connection.getEndPoint();
        if (!(end.getRemoteSocketAddress() instanceof InetSocketAddress remote)
                || remote.getAddress() == null) {
            return;
        }
        String peer = remote.getAddress().getHostAddress();
        // A connection that becomes a WebSocket is opened once more.
        if (client.isProxy(peer) || open.containsKey(end)) {
            return;
        }
        String address = client.of(peer, null);
        open.put(end, address);
        if (counts.merge(address, 1, Integer::sum) > most) {
            end.close();
        }
    }

    @Override
    public void onClosed(Connection connection) {
        EndPoint end = connection.getEndPoint();
        if (end.isOpen()) {
            return;
        }
        String address = open.remove(end);
        if (address != null) {
            counts.computeIfPresent(address, (same, count) -> count == 1 ? null : count - 1);
        }
    }
}
