package io.kline.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientAddressTest {

    private final ClientAddress client =
            new ClientAddress(List.of("10.0.0.1", "2001:DB8::1", "[fd00::2]"));

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
                "'[2001:db8:1:2::7]', none, 20010db800010002",
                "'[2001:db8:1:2:ffff::9]', none, 20010db800010002",
                "'[fe80::1%eth0]', none, fe80000000000000",
                "'[2001:db8::1]', 9.9.9.9, 9.9.9.9",
                "'[2001:db8:0:0:0:0:0:1]', 9.9.9.9, 9.9.9.9",
                "'[fd00::2]', 9.9.9.9, 9.9.9.9",
                "'[fd00::3]', 9.9.9.9, fd00000000000000",
                "10.0.0.1, '[2001:db8:1:2::7]:443', 20010db800010002",
                "10.0.0.1, '2001:db8:1:2::7', 20010db800010002",
                "10.0.0.1, '9.9.9.9:51234', 9.9.9.9",
            })
    void isThePeerUnlessAProxyThatIsTrustedTellsAnother(
            String peer, String forwardedFor, String address) {
        assertThat(client.of(peer, forwardedFor)).isEqualTo(address);
    }
}
