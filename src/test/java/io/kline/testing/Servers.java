package io.kline.testing;

import io.kline.tools.stack.EmbeddedKafka;
import io.kline.tools.stack.EmbeddedMariaDb;
import io.kline.tools.stack.EmbeddedRedis;
import io.kline.tools.stack.SqlFile;
import io.kline.tools.stack.Topics;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.clients.admin.NewTopic;

/**
 * One Kafka, one Redis and one MariaDB for all tests of this JVM: each is started when first asked
 * for and stopped when the JVM ends. Tests keep apart by names of their own, see {@link #newTopic}
 * and {@link #newDatabase}; a test that stops or kills a server starts one for itself.
 */
public final class Servers {

    private Servers() {}

    /** The shared broker. */
    public static EmbeddedKafka kafka() {
        return Kafka.SHARED;
    }

    /** The shared Redis; tests use symbols of their own, or {@code FLUSHALL}. */
    public static EmbeddedRedis redis() {
        return Redis.SHARED;
    }

    /** The shared MariaDB. */
    public static EmbeddedMariaDb mariaDb() {
        return MariaDb.SHARED;
    }

    /** Creates an empty topic; its random name starts with {@code prefix}. */
    public static String newTopic(String prefix, int partitions) {
        String topic = prefix + "-" + unique();
        Topics.create(kafka().address(), List.of(new NewTopic(topic, partitions, (short) 1)));
        return topic;
    }

    /** Creates a database with empty tables under a random name, for one test class. */
    public static Database newDatabase() throws SQLException, IOException {
        String name = "test_" + unique();
        try (Connection connection = mariaDb().connectAsRoot();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
            statement.execute("GRANT ALL ON " + name + ".* TO " + EmbeddedMariaDb.USER);
        }
        SqlFile.run(Path.of("sql/schema.sql"), mariaDb().jdbcUrl(name), EmbeddedMariaDb.ROOT, "");
        return new Database(
                mariaDb().jdbcUrl(name), EmbeddedMariaDb.USER, EmbeddedMariaDb.PASSWORD);
    }

    private static String unique() {
        return UUID.randomUUID().toString().substring(0, 8);
    }

    private static void closeWithJvm(AutoCloseable server) {
        Runtime.getRuntime()
                .addShutdownHook(
                        new Thread(
                                () -> {
                                    try {
                                        server.close();
                                    } catch (Exception e) {
                                        throw new IllegalStateException(e);
                                    }
                                }));
    }

    private static final class Kafka {
        private static final EmbeddedKafka SHARED = EmbeddedKafka.temporary();

        static {
            closeWithJvm(SHARED);
            SHARED.start();
        }
    }

    private static final class Redis {
        private static final EmbeddedRedis SHARED = EmbeddedRedis.temporary();

        static {
            closeWithJvm(SHARED);
            SHARED.start();
        }
    }

    private static final class MariaDb {
        // Nothing of it has to outlive the machine: a commit waits for no disk.
        private static final EmbeddedMariaDb SHARED =
                EmbeddedMariaDb.temporary(
                        List.of("--innodb-flush-log-at-trx-commit=0", "--sync-binlog=0"));

        static {
            closeWithJvm(SHARED);
            SHARED.start();
        }
    }
}
