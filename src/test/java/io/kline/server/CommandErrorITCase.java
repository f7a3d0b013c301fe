package io.kline.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Messages of WebSocket clients that cannot be followed. */
class CommandErrorITCase {

    private static final String VARIANTS =
            ", expected one of `SUBSCRIBE`, `UNSUBSCRIBE`, `LIST_SUBSCRIPTIONS`, `SET_PROPERTY`, `GET_PROPERTY`";

    @RegisterExtension static final TestServer server = new TestServer(TestStores::filled);

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '~',
            textBlock =
                    """
                    0; 5; Unknown property; {"method":"SET_PROPERTY","params":["color",true],"id":5}
                    0; 2; Unknown property; {"method":"GET_PROPERTY","params":["color"],"id":2}
                    1; 5; Invalid value type: expected Boolean; {"method":"SET_PROPERTY","params":["combined","yes"],"id":5}
                    1; 5; Invalid value type: expected Boolean; {"method":"SET_PROPERTY","params":["combined"],"id":5}
                    2; 5; Invalid request: property name must be a string; {"method":"SET_PROPERTY","params":[1,true],"id":5}
                    2; 5; Invalid request: property name must be a string; {"method":"GET_PROPERTY","params":[],"id":5}
                    2; 5; Invalid request: too many parameters; {"method":"SET_PROPERTY","params":["combined",true,1],"id":5}
                    2; 5; Invalid request: too many parameters; {"method":"GET_PROPERTY","params":["combined","x"],"id":5}
                    2; 5; Invalid request: too many parameters; {"method":"LIST_SUBSCRIPTIONS","params":["x"],"id":5}
                    2; null; Invalid request: request ID must be an unsigned integer; {"method":"LIST_SUBSCRIPTIONS"}
                    2; null; Invalid request: request ID must be an unsigned integer; {"method":"LIST_SUBSCRIPTIONS","id":1.5}
                    2; null; Invalid request: request ID must be an unsigned integer; {"method":"LIST_SUBSCRIPTIONS","id":{}}
                    2; null; Invalid request: request ID must be an unsigned integer; {"method":"LIST_SUBSCRIPTIONS","id":"a b"}
                    2; null; Invalid request: request ID must be an unsigned integer; {"method":"LIST_SUBSCRIPTIONS","id":9223372036854775808}
                    2; null; Invalid request: request ID must be an unsigned integer; {"method":"LIST_SUBSCRIPTIONS","id":"0123456789012345678901234567890123456"}
                    2; 5; Invalid request: missing field `params`; {"method":"SUBSCRIBE","id":5}
                    2; 5; Invalid request: invalid stream; {"method":"SUBSCRIBE","params":["btcusdt@trade"],"id":5}
                    2; 5; Invalid request: invalid stream; {"method":"SUBSCRIBE","params":["BTCUSDT@kline_1m"],"id":5}
                    2; 5; Invalid request: invalid stream; {"method":"SUBSCRIBE","params":["btcusdt@kline_1s"],"id":5}
                    2; 5; Invalid request: invalid stream; {"method":"SUBSCRIBE","params":["btcusdt@kline_1d@+09:00"],"id":5}
                    2; 5; Invalid request: invalid stream; {"method":"SUBSCRIBE","params":[7],"id":5}
                    2; 5; Invalid request: invalid stream; {"method":"UNSUBSCRIBE","params":["x"],"id":5}
                    3; null; Invalid JSON: expected value at line 1 column 1; nonsense
                    3; null; Invalid JSON: expected value at line 1 column 1; [1]
                    """)
    void isToldAsDocumented(int code, String id, String message, String text) throws Exception {
        JsonNode answer = answer(text);
        assertThat(answer.get("code").asInt()).isEqualTo(code);
        assertThat(answer.get("msg").asText()).isEqualTo(message);
        assertThat(answer.get("id").asText()).isEqualTo(id);
        assertThat(answer.get("error").get("code").asInt()).isEqualTo(code);
        assertThat(answer.get("error").get("msg").asText()).isEqualTo(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '~',
            textBlock =
                    """
                    unknown variant `subscribe`; {"method":"subscribe","id":1}
                    missing field `method` at line 1 column; {"id":1}
                    """)
    void tellsWhereTheMethodIsWrong(String what, String text) throws Exception {
        String message = answer(text).get("msg").asText();
        assertThat(message)
                .startsWith("Invalid request: " + what)
                .matches(".* at line 1 column \\d+");
        if (what.startsWith("unknown")) {
            assertThat(message).contains(VARIANTS);
        }
    }

    private static JsonNode answer(String text) throws Exception {
        try (TestSocket socket = TestSocket.open(server.port(), "/ws")) {
            return socket.ask(text);
        }
    }
}
