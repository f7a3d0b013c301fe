package io.kline.server;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Who a request is from. Behind a reverse proxy that is the address that the proxy adds to {@code
 * X-Forwarded-For}; nobody else's word is taken for it.
 */
final class ClientAddress {

    private static final int BYTES_OF_NETWORK = 8;

    /** Jetty and many proxies write IPv6 in brackets; some proxies add the port. */
    private static final Pattern IN_BRACKETS = Pattern.compile("\\[([^\\]]*)\\](?::[0-9]{1,5})?");

    private static final Pattern IPV4_WITH_PORT = Pattern.compile("([0-9.]{7,15}):[0-9]{1,5}");

    /** Nothing else is parsed: a name must not be looked up. */
    private static final Pattern NUMERIC =
            Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

    private final List<String> trustedProxies;

    /**
     * @param trustedProxies addresses of the proxies
     */
    ClientAddress(List<String> trustedProxies) {
        this.trustedProxies = trustedProxies.stream().map(ClientAddress::plain).toList();
    }

    /**
     * What requests are counted by: an IPv4 address, or the network of an IPv6 address, since every
     * customer has a whole one.
     *
     * @param peer the address that the connection is from
     * @param forwardedFor the header, or null
     */
    String of(String peer, String forwardedFor) {
        if (forwardedFor == null || !isProxy(peer)) {
            return network(peer);
        }
        return network(forwardedFor.substring(forwardedFor.lastIndexOf(',') + 1));
    }

    /** Whether the address is one of a proxy, in whose name many clients come. */
    boolean isProxy(String peer) {
        return trustedProxies.contains(plain(peer));
    }

    private static String network(String address) {
        String plain = plain(address);
        try {
            if (NUMERIC.matcher(plain).matches()
                    && InetAddress.getByName(plain) instanceof Inet6Address parsed) {
                StringBuilder network = new StringBuilder();
                for (int i = 0; i < BYTES_OF_NETWORK; i++) {
                    network.append("%02x".formatted(parsed.getAddress()[i]));
                }
                return network.toString();
            }
            return plain;
        } catch (UnknownHostException e) {
            return plain;
        }
    }

    /** The one spelling of an address: no brackets, port or interface, an IPv4 address as such. */
    private static String plain(String address) {
        String text = address.trim();
        Matcher bracketed = IN_BRACKETS.matcher(text);
        Matcher withPort = IPV4_WITH_PORT.matcher(text);
        if (bracketed.matches()) {
            text = bracketed.group(1);
        } else if (withPort.matches()) {
            text = withPort.group(1);
        }
        int scope = text.indexOf('%');
        text = scope < 0 ? text : text.substring(0, scope);
        if (!NUMERIC.matcher(text).matches()) {
            return text;
        }
        try {
            return InetAddress.getByName(text).getHostAddress();
        } catch (UnknownHostException e) {
            return text;
        }
    }
}
