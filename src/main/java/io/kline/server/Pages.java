package io.kline.server;

import io.javalin.config.JavalinConfig;
import io.javalin.http.staticfiles.Location;
import java.util.Map;

/** The chart page and all that it loads. */
final class Pages {

    private static final String OWN = "/io/kline/server/web";

    /** Larger files are compressed anew for each visitor. */
    private static final int COMPRESSED_ONCE = 4 << 20;

    /**
     * The page loads nothing from elsewhere, and runs nothing that is not a file of this server.
     */
    private static final Map<String, String> GUARDED =
            Map.of(
                    "Content-Security-Policy",
                    "default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
                    "X-Content-Type-Options",
                    "nosniff",
                    "Referrer-Policy",
                    "no-referrer",
                    "Cache-Control",
                    "no-cache");

    private Pages() {}

    static void addTo(JavalinConfig config) {
        config.staticFiles.add(
                files -> {
                    files.hostedPath = "/";
                    files.directory = OWN;
                    files.location = Location.CLASSPATH;
                    files.headers = GUARDED;
                    files.precompressMaxSize = COMPRESSED_ONCE;
                });
    }
}
