package io.kline.server.api;

import io.kline.query.Store;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a client gets.
 *
 * @param status of HTTP
 * @param type of the body
 * @param body the bytes of the body
 * @param missing stores that could not be asked: the body then holds what the others know
 * @param download what it is too long for, or null
 */
public record ApiResponse(
        int status, String type, byte[] body, Set<Store> missing, Download download) {

    /**
     * A body that is longer than what the server should hold at once.
     *
     * @param file under which name a browser keeps it
     * @param rest what follows the first bytes, made as the client takes it; to be closed
     */
    public record Download(String file, Stream<byte[]> rest) {}

    /** An answer that is held as a whole. */
    public ApiResponse(int status, String type, byte[] body, Set<Store> missing) {
        this(status, type, body, missing, null);
    }

    /** Type of JSON texts. Not all clients know that they are in UTF-8 anyway. */
    public static final String JSON = "application/json;charset=utf-8";

    private static final int OK = 200;

    /** A complete answer in JSON. */
    public static ApiResponse json(Json.Body body) {
        return json(Set.of(), body);
    }

    /** An answer in JSON. */
    public static ApiResponse json(Set<Store> missing, Json.Body body) {
        return new ApiResponse(OK, JSON, Json.bytes(body), missing);
    }

    /** A refusal as Binance writes it: {@code {"code":-1121,"msg":"Invalid symbol."}}. */
    public static ApiResponse of(ApiError error) {
        byte[] body =
                Json.bytes(
                        json -> {
                            json.writeStartObject();
                            json.writeNumberField("code", error.code());
                            json.writeStringField("msg", error.getMessage());
                            json.writeEndObject();
                        });
        return new ApiResponse(error.status(), JSON, body, Set.of());
    }
}
