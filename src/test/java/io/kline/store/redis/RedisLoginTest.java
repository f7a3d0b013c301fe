package io.kline.store.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.kline.config.RedisLogin;
import io.kline.config.RedisSettings;
import io.kline.config.RedisTls;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import redis.clients.jedis.Protocol.Command;

class RedisLoginTest {

    private static final String SECRET = "hunter2";

    /** As Redis 5 does, and servers that only resemble Redis. */
    @Test
    @Timeout(30)
    void aServerThatRepeatsWhatItDoesNotKnowDoesNotRepeatThePassword() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Thread serving = new Thread(() -> serve(server), "old-redis");
            serving.setDaemon(true);
            serving.start();
            RedisSettings settings =
                    new RedisSettings(
                            RedisSettings.Mode.SINGLE,
                            List.of("127.0.0.1:" + server.getLocalPort()),
                            null,
                            new RedisLogin("kline", SECRET),
                            RedisLogin.NONE,
                            RedisTls.OFF,
                            10);
            try (GuardedRedis redis = new GuardedRedis(settings, 1, Duration.ofSeconds(5))) {
                List<Reply> replies = redis.ask(List.of(Call.of(Command.GET, "kline:{A}:1m")));

                assertThat(replies)
                        .singleElement()
                        .isInstanceOfSatisfying(
                                Reply.Refusal.class,
                                refusal ->
                                        assertThat(refusal.error())
                                                .startsWith("ERR")
                                                .doesNotContain(SECRET));
            }
        }
    }

    private static void serve(ServerSocket server) {
        try (Socket client = server.accept();
                OutputStream out = client.getOutputStream()) {
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(client.getInputStream(), UTF_8));
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                out.write(answer(command(line, in)).getBytes(UTF_8));
                out.flush();
            }
        } catch (IOException over) {
            return;
        }
    }

    private static List<String> command(String header, BufferedReader in) throws IOException {
        List<String> parts = new ArrayList<>();
        for (int left = Integer.parseInt(header.substring(1)); left > 0; left--) {
            in.readLine();
            parts.add(in.readLine());
        }
        return parts;
    }

    private static String answer(List<String> command) {
        return command.get(0).equals("AUTH")
                ? "-ERR wrong number of arguments for 'auth' command\r\n"
                : "-ERR unknown command `%s`, with args beginning with: %s\r\n"
                        .formatted(
                                command.get(0),
                                String.join(" ", command.subList(1, command.size())));
    }
}
