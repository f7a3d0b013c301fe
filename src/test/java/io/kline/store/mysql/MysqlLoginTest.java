package io.kline.store.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MysqlLoginTest {

    @Test
    void parametersOfTheAddressWin() {
        assertThat(MysqlLogin.properties("jdbc:mysql://h/kline"))
                .containsEntry("rewriteBatchedStatements", "true")
                .containsEntry("socketTimeout", "60000");
        assertThat(MysqlLogin.properties("jdbc:mysql://h/kline?socketTimeout=5"))
                .containsEntry("rewriteBatchedStatements", "true")
                .doesNotContainKey("socketTimeout");
    }
}
