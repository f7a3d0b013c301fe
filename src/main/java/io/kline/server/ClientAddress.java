package io.kline.server;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/**
 * Who a request is from. Behind a reverse proxy that is the address that the proxy adds to {@code
 * X-Forwarded-For}; nobody else's word is taken for it.
 *
 * @param trustedProxies addresses of the proxies
 */
record ClientAddress(List<String> trustedProxies) {

    private static final int BYTES_OF_NETWORK = 8;

    /**
     * What requests are counted by: an IPv4 address, or the network of an IPv6 address, since every
     * customer has a whole one.
     *
     * @param peer the address that the connection is from
     * @param forwardedFor the header, or null
     */
    String of(String peer, String forwardedFor) {
        if (forwardedFor == null || !trustedProxies.contains(peer)) {
            return network(peer);
        }
        String last = forwardedFor.substring(forwardedFor.lastIndexOf(',') + 1).trim();
        return network(last);
    }

    private static String network(String address) {
        // Without a colon it may be a name, which must not be looked up.
        if (!address.matches("[0-9a-fA-F:.%]*:[0-9a-fA-F:.%]*")) {
            return address;
        }
        try {
            InetAddress parsed = InetAddress.getByName(address);
            if (parsed instanceof Inet6Address) {
                StringBuilder network = new StringBuilder();
                for (int i = 0; i < BYTES_OF_NETWORK; i++) {
                    network.append("%02x".formatted(parsed.getAddress()[i]));
                }
                return network.toString();
            }
            return parsed.getHostAddress();
        } catch (UnknownHostException e) {
            return address;
        }
    }
}
