package io.kline.server;

import io.javalin.config.JavalinConfig;
import io.javalin.http.staticfiles.Location;
import java.util.Map;

/** The chart page and all that it loads. */
final class StaticFiles {

    private static final String OWN = "/io/kline/server/web";

    /** Larger files are compressed anew for each visitor. */
    private static final int COMPRESSED_ONCE = 4 << 20;

    /** Kept, and asked for again: they change with the server. */
    private static final Map<String, String> HEADERS = Map.of("Cache-Control", "no-cache");

    private StaticFiles() {}

    static void addTo(JavalinConfig config) {
        config.staticFiles.add(
                files -> {
                    files.hostedPath = "/";
                    files.directory = OWN;
                    files.location = Location.CLASSPATH;
                    files.headers = HEADERS;
                    files.precompressMaxSize = COMPRESSED_ONCE;
                });
    }
}
