package io.kline.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.kline.server.api.Endpoint;
import io.kline.testing.CandleStores;
import java.net.http.HttpResponse;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The description and the server agree. */
class OpenApiITCase {

    @Test
    void everyEndpointIsDescribedWithItsParametersAndNothingElse() throws Exception {
        try (CandleStores stores = TestStores.filled();
                KlineServer server = KlineServer.start(TestServer.settings(stores.settings()))) {
            HttpResponse<String> response = new TestClient(server.port()).get("/openapi.yaml");
            assertThat(response.headers().firstValue("Content-Type")).contains("application/yaml");
            LoaderOptions options = new LoaderOptions();
            options.setMaxAliasesForCollections(100);
            Map<String, Map<String, Object>> description =
                    new Yaml(new SafeConstructor(options)).load(response.body());
            Map<String, Set<String>> described =
                    description.get("paths").entrySet().stream()
                            .collect(Collectors.toMap(Map.Entry::getKey, p -> names(p.getValue())));
            assertThat(described)
                    .isEqualTo(
                            server.endpoints().stream()
                                    .collect(
                                            Collectors.toMap(
                                                    Endpoint::path, Endpoint::parameters)));
        }
    }

    private static Set<String> names(Object path) {
        Map<?, ?> get = (Map<?, ?>) ((Map<?, ?>) path).get("get");
        Set<String> names = new HashSet<>();
        if (get.get("parameters") instanceof List<?> parameters) {
            parameters.forEach(one -> names.add((String) ((Map<?, ?>) one).get("name")));
        }
        return names;
    }
}
