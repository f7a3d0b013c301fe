package io.kline.tools.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Answers are those of Flink's REST interface, cut down to what is read. */
class CatchUpTest {

    private static final String JOB = "/jobs/1";
    private static final String METRICS = JOB + "/vertices/a/subtasks/metrics";
    private static final String OLD = "/jobs/0";
    private static final String OLD_METRICS = OLD + "/vertices/a/subtasks/metrics";

    private final Map<String, String> answers = new ConcurrentHashMap<>();
    private HttpServer server;
    private CatchUp catchUp;

    @BeforeEach
    void aJobThatIsLevel() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        Rest rest = Rest.at(URI.create("http://localhost:" + server.getAddress().getPort()));
        catchUp = new CatchUp(rest, "0", "1", Duration.ZERO);
        answers.put(JOB, "{\"state\":\"RUNNING\",\"vertices\":[{\"id\":\"a\"}]}");
        answers.put(JOB + "/checkpoints", "{\"counts\":{\"completed\":1}}");
        answers.put(
                METRICS,
                "[{\"id\":\"Sink.connected\"},{\"id\":\"Sink.cutOff\"},"
                        + "{\"id\":\"Source.recordsIn\"},"
                        + "{\"id\":\"Sink.pendingCandles\"},"
                        + "{\"id\":\"Source.pendingRecords\"}]");
        sum(METRICS, "Sink.connected", 2);
        sum(METRICS, "Sink.cutOff", 0);
        sum(METRICS, "Sink.pendingCandles", 10);
        sum(METRICS, "Source.pendingRecords", 10);
        answers.put(OLD, answers.get(JOB));
        answers.put(OLD_METRICS, answers.get(METRICS));
        sum(OLD_METRICS, "Sink.pendingCandles", 10);
        sum(OLD_METRICS, "Source.recordsIn", 100);
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void aLevelJobIsLevel() throws Exception {
        catchUp.await();
    }

    @Test
    void whoDoesNotReachRedisIsNotLevel() {
        assertThat(catchUp.lacking()).isNull();
        sum(METRICS, "Sink.connected", 0);
        assertThat(catchUp.lacking()).contains("does not reach Redis");
        sum(METRICS, "Sink.connected", 1);
        sum(METRICS, "Sink.cutOff", 1);
        assertThat(catchUp.lacking()).contains("does not reach Redis");
        sum(METRICS, "Sink.cutOff", 0);
        assertThat(catchUp.lacking()).as("fewer writers, or some without symbols").isNull();
    }

    @Test
    void whereNothingWasEverTradedNoWriterHasAnythingToSend() {
        sum(METRICS, "Sink.connected", 0);
        sum(OLD_METRICS, "Source.recordsIn", 0);
        assertThat(catchUp.lacking()).isNull();
        sum(METRICS, "Sink.cutOff", 1);
        assertThat(catchUp.lacking()).contains("does not reach Redis");
    }

    @Test
    void whoseCandlesOrRecordsWaitIsNotLevel() {
        sum(METRICS, "Sink.pendingCandles", 2_000);
        assertThat(catchUp.lacking()).contains("wait for Redis");
        sum(OLD_METRICS, "Sink.pendingCandles", 1_001);
        assertThat(catchUp.lacking()).isNull();
        sum(METRICS, "Sink.pendingCandles", 0);
        sum(METRICS, "Source.pendingRecords", 2_000);
        assertThat(catchUp.lacking()).contains("records left to read");
        answers.put(JOB + "/checkpoints", "{\"counts\":{\"completed\":0}}");
        assertThat(catchUp.lacking()).contains("no checkpoint");
    }

    /** Flink shows no pending records before the first one was read. */
    @Test
    void whoHasReadNothingIsLevelWhereNothingComes() {
        answers.put(METRICS, answers.get(METRICS).replace("Source.pendingRecords", "Source.other"));
        answers.put(OLD_METRICS, "[{\"id\":\"Source.recordsIn\"}]");
        sum(OLD_METRICS, "Source.recordsIn", 100);
        assertThat(catchUp.lacking()).contains("not read a record yet");
        sum(OLD_METRICS, "Source.recordsIn", 110);
        assertThat(catchUp.lacking()).contains("not read a record yet");
        assertThat(catchUp.lacking()).isNull();
    }

    @Test
    void whoHasFailedIsNotWaitedFor() {
        answers.put(JOB, "{\"state\":\"FAILED\",\"vertices\":[]}");
        assertThatThrownBy(catchUp::await)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("FAILED; the old job goes on");
    }

    private void sum(String metrics, String metric, int value) {
        answers.put(metrics + metric, "[{\"id\":\"" + metric + "\",\"sum\":" + value + "}]");
    }

    private void answer(HttpExchange exchange) throws IOException {
        String query = exchange.getRequestURI().getQuery();
        String metric = query == null ? "" : query.replaceAll(".*get=", "");
        byte[] body = answers.get(exchange.getRequestURI().getPath() + metric).getBytes(UTF_8);
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
