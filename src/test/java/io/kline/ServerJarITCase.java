package io.kline;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.kline.testing.Await;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server jar runs by itself, and holds nothing of the jobs. */
class ServerJarITCase {

    private static final Path JAR = Path.of("target/kline-server.jar");
    private static final long LIMIT = 25 << 20;
    private static final String ROOMS = "config|model|query|server|store";
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Pattern ADDRESS = Pattern.compile("http://127\\.0\\.0\\.1:\\d+/");

    @TempDir Path folder;

    @Test
    void holdsTheServerAndNothingOfTheJobs() throws Exception {
        assertThat(Files.size(JAR)).isLessThan(LIMIT);
        List<String> entries;
        try (ZipFile zip = new ZipFile(JAR.toFile())) {
            entries = zip.stream().map(ZipEntry::getName).toList();
        }
        assertThat(entries)
                .contains(
                        "io/kline/server/ServerMain.class",
                        "io/kline/server/openapi.yaml",
                        "io/kline/server/log4j2.properties",
                        "io/javalin/Javalin.class",
                        "com/mysql/cj/jdbc/Driver.class",
                        "com/zaxxer/hikari/HikariDataSource.class",
                        "org/apache/logging/slf4j/SLF4JServiceProvider.class")
                .noneMatch(entry -> entry.contains("flink"))
                .noneMatch(entry -> entry.startsWith("org/apache/kafka/"));
        assertThat(entries.stream().filter(entry -> entry.matches("io/kline/.+\\.class")))
                .allMatch(entry -> entry.matches("io/kline/(" + ROOMS + ")/.+"));
    }

    @Test
    void saysWhichVersionItIs() throws Exception {
        try (JarFile jar = new JarFile(JAR.toFile())) {
            Attributes manifest = jar.getManifest().getMainAttributes();
            assertThat(manifest.getValue("Implementation-Title")).isEqualTo("Kline server");
            assertThat(manifest.getValue("Implementation-Version"))
                    .matches("\\d+\\.\\d+\\.\\d+(-SNAPSHOT)?");
        }
    }

    /** What is absent must not be missed: the names of all classes used are in the class files. */
    @Test
    void noClassOfItNamesFlink() throws Exception {
        List<String> users = new ArrayList<>();
        int classes = 0;
        try (ZipFile zip = new ZipFile(JAR.toFile())) {
            for (ZipEntry entry : zip.stream().toList()) {
                if (entry.getName().matches("io/kline/.+\\.class")) {
                    classes++;
                    byte[] code = zip.getInputStream(entry).readAllBytes();
                    if (new String(code, ISO_8859_1).contains("org/apache/flink/")) {
                        users.add(entry.getName());
                    }
                }
            }
        }
        assertThat(classes).isGreaterThan(100);
        assertThat(users).isEmpty();
    }

    @Test
    void runsByItselfWithoutStoresAndStopsWhenAsked() throws Exception {
        Path settings = folder.resolve("kline.properties");
        // The file of all programs; nothing listens on these ports.
        Files.writeString(
                settings,
                "kafka.group.id=x\nserver.port=0\nserver.store-timeout=250ms\nredis.nodes=127.0.0.1:1\n"
                        + "mysql.url=jdbc:mysql://127.0.0.1:1/kline\n");
        Path out = folder.resolve("out");
        Process server = start(out, "--config", settings.toString());
        try {
            Await.until(PATIENCE, "address", () -> address(out) != null);
            HttpResponse<String> candles =
                    get(address(out) + "api/v3/klines?symbol=BTCUSDT&interval=1m");
            assertThat(candles.statusCode()).isEqualTo(503);
            assertThat(candles.body()).contains("-1001", "REDIS", "MYSQL").doesNotContain("\tat ");
            HttpResponse<String> health = get(address(out) + "health");
            assertThat(health.statusCode()).isEqualTo(503);
            assertThat(health.body()).contains("\"status\":\"DOWN\"", "\"live\":false");
            assertThat(get(address(out) + "api/v3/ping").body()).isEqualTo("{}");
        } finally {
            server.destroy();
        }
        assertThat(server.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(Files.readString(out))
                .doesNotContain("NoClassDefFound", "SLF4J", "StatusLogger");
    }

    @Test
    void tellsItsSettingsAndRefusesWrongOnes() throws Exception {
        Path help = folder.resolve("help");
        assertThat(start(help, "--help").waitFor()).isZero();
        assertThat(Files.readString(help)).contains("--server.rate-limit", "--redis.nodes");
        Path wrong = folder.resolve("wrong");
        assertThat(start(wrong, "--server.rate-limit", "1").waitFor()).isEqualTo(2);
        assertThat(Files.readString(wrong)).contains("server.rate-limit must be from 60");
    }

    private static Process start(Path out, String... args) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx128m", "-XX:TieredStopAtLevel=1", "-jar", JAR.toString()));
        command.addAll(List.of(args));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
    }

    private static String address(Path out) throws IOException {
        Matcher matcher = ADDRESS.matcher(Files.readString(out));
        return matcher.find() ? matcher.group() : null;
    }

    private static HttpResponse<String> get(String address) throws Exception {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(address)).build(), BodyHandlers.ofString());
    }
}
