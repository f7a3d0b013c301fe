package io.kline.server.own;

import io.kline.server.api.ApiResponse;
import io.kline.server.api.Endpoint;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;

/** The description of all endpoints in OpenAPI, written by hand. */
public final class OpenApi {

    private static final String FILE = "/io/kline/server/openapi.yaml";
    private static final String YAML = "application/yaml";
    private static final int OK = 200;

    private final byte[] text;

    /** Reads the file. */
    public OpenApi() {
        try (InputStream file = OpenApi.class.getResourceAsStream(FILE)) {
            text = file.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Its endpoints. */
    public List<Endpoint> endpoints() {
        return List.of(
                new Endpoint(
                        "/openapi.yaml",
                        1,
                        Set.of(),
                        none -> new ApiResponse(OK, YAML, text, Set.of())));
    }
}
