package io.kline.tools.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.net.SSLUtils;

/** Flink's REST interface. */
public final class Rest {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final ObjectMapper JSON = new ObjectMapper();

    /** One for all: a client has threads of its own. */
    private static final HttpClient HTTP = client().build();

    private final Supplier<URI> address;
    private final HttpClient http;

    private Rest(Supplier<URI> address, HttpClient http) {
        this.address = address;
        this.http = http;
    }

    private static HttpClient.Builder client() {
        return HttpClient.newBuilder()
                .connectTimeout(TIMEOUT)
                .followRedirects(HttpClient.Redirect.NORMAL);
    }

    /** The interface at an address such as {@code http://localhost:8081}. */
    public static Rest at(URI address) {
        return new Rest(() -> address, HTTP);
    }

    /**
     * The interface of the JobManager that leads, with the certificates that Flink's configuration
     * names.
     *
     * @param leader its address, asked for anew with each question
     * @throws Exception if the certificates cannot be read
     */
    static Rest of(Supplier<String> leader, Configuration flink) throws Exception {
        SSLContext tls = SSLUtils.createRestSSLContext(flink, true);
        return new Rest(
                () -> URI.create(leader.get()),
                tls == null ? HTTP : client().sslContext(tls).build());
    }

    /**
     * A job as Flink lists it.
     *
     * @param started when it was submitted, ms since the epoch
     */
    public record Job(String id, String name, String state, long started) {

        /** Whether it runs or is about to. */
        public boolean isAlive() {
            return !List.of("FINISHED", "CANCELED", "FAILED", "SUSPENDED").contains(state);
        }
    }

    /** The jobs of this cluster, those that ended lately too. */
    public List<Job> jobs() {
        List<Job> jobs = new ArrayList<>();
        for (JsonNode job : get("/jobs/overview").path("jobs")) {
            jobs.add(
                    new Job(
                            job.path("jid").asText(),
                            job.path("name").asText(),
                            job.path("state").asText(),
                            job.path("start-time").asLong()));
        }
        return jobs;
    }

    /** The TaskManagers that run tasks of a job, those of its first tasks first, by their ids. */
    public Set<String> taskManagersOf(String job) {
        Set<String> ids = new LinkedHashSet<>();
        for (JsonNode vertex : get("/jobs/" + job).path("vertices")) {
            String path = "/jobs/" + job + "/vertices/" + vertex.path("id").asText();
            for (JsonNode manager : get(path + "/taskmanagers").path("taskmanagers")) {
                ids.add(manager.path("taskmanager-id").asText());
            }
        }
        return ids;
    }

    /** The sum of a metric over all subtasks of a job, of all operators that have it. */
    public double sum(String job, String metric) {
        double sum = 0;
        for (JsonNode vertex : get("/jobs/" + job).path("vertices")) {
            String path =
                    "/jobs/"
                            + job
                            + "/vertices/"
                            + vertex.path("id").asText()
                            + "/subtasks/metrics";
            for (JsonNode one : get(path)) {
                String id = one.path("id").asText();
                if (id.endsWith("." + metric)) {
                    String get = "?agg=sum&get=" + URLEncoder.encode(id, StandardCharsets.UTF_8);
                    sum += sum(get(path + get.replace("+", "%20")));
                }
            }
        }
        return sum;
    }

    /** A metric of all TaskManagers together. */
    public double sumOfTaskManagers(String metric) {
        return sum(get("/taskmanagers/metrics?agg=sum&get=" + metric));
    }

    private static double sum(JsonNode metrics) {
        return metrics.path(0).path("sum").asDouble();
    }

    /**
     * The answer to a GET.
     *
     * @throws UncheckedIOException if there is none, or it is an error
     */
    public JsonNode get(String path) {
        try {
            return JSON.readTree(send(leader().resolve(path)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether a GET is answered. */
    boolean answers(String path) {
        try {
            get(path);
            return true;
        } catch (UncheckedIOException notYet) {
            return false;
        }
    }

    private URI leader() throws IOException {
        try {
            return address.get();
        } catch (RuntimeException e) {
            throw new IOException("no JobManager leads: " + e.getMessage(), e);
        }
    }

    private String send(URI url) throws IOException {
        try {
            HttpRequest request = HttpRequest.newBuilder(url).timeout(TIMEOUT).GET().build();
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() >= 400) {
                throw new IOException(
                        url + " answers " + answer.statusCode() + ": " + answer.body());
            }
            return answer.body();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** Whether all tasks of a job run: before that there is no savepoint of it. */
    boolean isRunning(String job) {
        try {
            JsonNode vertices = get("/jobs/" + job).path("vertices");
            for (JsonNode vertex : vertices) {
                if (!vertex.path("status").asText().equals("RUNNING")) {
                    return false;
                }
            }
            return !vertices.isEmpty();
        } catch (UncheckedIOException notNow) {
            return false;
        }
    }
}
