package io.kline.tools.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.kline.testing.PrivateCa;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.SecurityOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RestTest {

    @TempDir private Path folder;

    @Test
    void flinksCertificatesAreTrusted() throws Exception {
        PrivateCa authority = PrivateCa.in(folder);
        HttpsServer server = HttpsServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context(authority.keyStore())));
        answerWithAnObject(server, "/overview");
        try {
            String address = "https://127.0.0.1:" + server.getAddress().getPort();
            Configuration flink = new Configuration();
            assertThatThrownBy(() -> Rest.of(() -> address, flink).get("/overview"))
                    .isInstanceOf(UncheckedIOException.class);
            flink.set(SecurityOptions.SSL_REST_ENABLED, true);
            flink.set(SecurityOptions.SSL_REST_TRUSTSTORE, authority.trustStore().toString());
            flink.set(SecurityOptions.SSL_REST_TRUSTSTORE_PASSWORD, PrivateCa.PASSWORD);
            flink.set(SecurityOptions.SSL_REST_TRUSTSTORE_TYPE, "PKCS12");
            assertThat(Rest.of(() -> address, flink).get("/overview").isEmpty()).isTrue();
        } finally {
            server.stop(0);
        }
    }

    /** A JobManager that led may be gone, and another one lead. */
    @Test
    void theLeaderIsAskedForEachTime() throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        answerWithAnObject(server, "/jobs/overview");
        try {
            AtomicReference<String> leader = new AtomicReference<>("http://127.0.0.1:1");
            Rest rest = Rest.of(leader::get, new Configuration());
            assertThatThrownBy(rest::jobs).isInstanceOf(UncheckedIOException.class);
            leader.set("http://127.0.0.1:" + server.getAddress().getPort());
            assertThat(rest.jobs()).isEmpty();
        } finally {
            server.stop(0);
        }
        Rest nobody =
                Rest.of(
                        () -> {
                            throw new IllegalStateException("nobody leads");
                        },
                        new Configuration());
        assertThatThrownBy(nobody::jobs)
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("nobody leads");
    }

    private static void answerWithAnObject(HttpServer server, String path) {
        server.createContext(
                path,
                exchange -> {
                    exchange.sendResponseHeaders(200, 2);
                    exchange.getResponseBody().write(new byte[] {'{', '}'});
                    exchange.close();
                });
        server.start();
    }

    private static SSLContext context(Path keyStore) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keyStore)) {
            store.load(in, PrivateCa.PASSWORD.toCharArray());
        }
        KeyManagerFactory keys =
                KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PrivateCa.PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }
}
