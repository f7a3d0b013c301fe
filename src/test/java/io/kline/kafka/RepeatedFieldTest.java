package io.kline.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kline.store.KlineJson;
import org.junit.jupiter.api.Test;

class RepeatedFieldTest {

    private static final String EVENT =
            """
            {"e":"kline","E":1,"s":"AB","k":{"t":60000,"T":119999,"s":"AB","i":"1m","f":1,"L":2,\
            "o":"1","c":"1","h":"1","l":"1","v":"1","n":2,"x":true,"q":"1","V":"1","Q":"1",\
            "lt":60000,"li":2,"r":0},"ft":60000}""";

    /** Anything else than this exception makes the job restart at the record for ever. */
    @Test
    void oneFieldTwiceDoesNotMakeUpForAnother() {
        for (String missing :
                new String[] {"\"v\":\"1\"", "\"n\":2", "\"lt\":60000", "\"o\":\"1\""}) {
            byte[] json = EVENT.replace(missing, "\"s\":\"AB\"").getBytes(UTF_8);
            assertThatThrownBy(() -> SoundEvent.require(KlineJson.readEvent(json)))
                    .as(missing)
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    /** Which of the two a reader takes would decide which version is newer. */
    @Test
    void anOptionalFieldIsThereOnceAtMost() {
        byte[] json = EVENT.replace("\"r\":0", "\"r\":0,\"r\":1").getBytes(UTF_8);
        assertThatThrownBy(() -> KlineJson.readEvent(json))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
