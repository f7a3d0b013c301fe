package io.kline.server;

import io.javalin.config.JavalinConfig;
import io.javalin.http.staticfiles.Location;

/** The chart page and the libraries that it loads. */
final class Pages {

    private static final String OWN = "/io/kline/server/web";
    private static final String LIBRARIES = "/META-INF/resources/webjars";

    /** Larger files are compressed anew for each visitor. */
    private static final int COMPRESSED_ONCE = 4 << 20;

    private Pages() {}

    static void addTo(JavalinConfig config) {
        add(config, "/", OWN);
        add(config, "/webjars", LIBRARIES);
    }

    private static void add(JavalinConfig config, String path, String folder) {
        if (Pages.class.getResource(folder) == null) {
            return;
        }
        config.staticFiles.add(
                files -> {
                    files.hostedPath = path;
                    files.directory = folder;
                    files.location = Location.CLASSPATH;
                    files.precompressMaxSize = COMPRESSED_ONCE;
                });
    }
}
