package io.kline.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientAddressTest {

    private final ClientAddress client = new ClientAddress(List.of("10.0.0.1"));

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {
                "1.2.3.4, none, 1.2.3.4",
                "1.2.3.4, 9.9.9.9, 1.2.3.4",
                "10.0.0.1, none, 10.0.0.1",
                "10.0.0.1, 9.9.9.9, 9.9.9.9",
                "10.0.0.1, '1.1.1.1, 9.9.9.9', 9.9.9.9",
                "10.0.0.1, not an address, not an address",
                "10.0.0.1, '2001:db8:1:2:3:4:5:6', 20010db800010002",
                "2001:db8:1:2::7, none, 20010db800010002",
                "'::ffff:1.2.3.4', none, 1.2.3.4",
            })
    void isThePeerUnlessAProxyThatIsTrustedTellsAnother(
            String peer, String forwardedFor, String address) {
        assertThat(client.of(peer, forwardedFor)).isEqualTo(address);
    }
}
