package io.kline.server;

import io.javalin.config.JavalinConfig;
import io.javalin.http.staticfiles.Location;
import java.util.Map;

/** The chart page and the libraries that it loads. */
final class Pages {

    private static final String OWN = "/io/kline/server/web";
    private static final String LIBRARIES = "/META-INF/resources/_static";

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

    /** The version is in the path. */
    private static final Map<String, String> FOR_EVER =
            Map.of("Cache-Control", "max-age=31536000, immutable");

    private Pages() {}

    static void addTo(JavalinConfig config) {
        add(config, "/", OWN, GUARDED);
        add(config, "/lib", LIBRARIES, FOR_EVER);
    }

    private static void add(
            JavalinConfig config, String path, String folder, Map<String, String> headers) {
        config.staticFiles.add(
                files -> {
                    files.hostedPath = path;
                    files.directory = folder;
                    files.location = Location.CLASSPATH;
                    files.headers = headers;
                    files.precompressMaxSize = COMPRESSED_ONCE;
                });
    }
}
