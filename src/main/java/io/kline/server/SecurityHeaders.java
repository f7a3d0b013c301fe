package io.kline.server;

import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.plugin.bundled.CorsPluginConfig.CorsRule;
import java.util.List;

/** What browsers enforce: which pages may read answers, and what the server's own page may do. */
final class SecurityHeaders {

    /** Scripts and styles come from files of this server alone. */
    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
                    + " font-src 'self'; connect-src 'self'; manifest-src 'self'; base-uri 'none';"
                    + " form-action 'none'; frame-ancestors 'none'";

    private static final String EVERYBODY = "*";

    /**
     * What pages of other origins may read. Not the chart page: browsers name its own origin when
     * they load its modules, and a rule would refuse that.
     */
    private static final List<String> FOR_OTHERS =
            List.of("/api/*", "/udf/*", "/health", "/openapi.yaml");

    private SecurityHeaders() {}

    static void addTo(JavalinConfig config, List<String> origins) {
        config.routes.before(SecurityHeaders::protect);
        if (origins.isEmpty()) {
            return;
        }
        config.bundledPlugins.enableCors(
                cors ->
                        FOR_OTHERS.forEach(
                                path -> cors.addRule(rule -> allow(rule, path, origins))));
    }

    private static void allow(CorsRule rule, String path, List<String> origins) {
        rule.path = path;
        if (origins.contains(EVERYBODY)) {
            rule.anyHost();
        } else {
            origins.forEach(rule::allowHost);
        }
        rule.exposeHeader("X-Kline-Missing");
        rule.exposeHeader("X-MBX-USED-WEIGHT-1M");
        rule.exposeHeader("Retry-After");
    }

    private static void protect(Context context) {
        context.header("Content-Security-Policy", POLICY);
        context.header("X-Content-Type-Options", "nosniff");
        context.header("X-Frame-Options", "DENY");
        context.header("Referrer-Policy", "no-referrer");
        context.header("Cache-Control", "no-store");
    }
}
