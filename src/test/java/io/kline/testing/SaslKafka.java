package io.kline.testing;

import io.kline.tools.stack.EmbeddedKafka;
import io.kline.tools.stack.Ports;
import io.kline.tools.stack.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/**
 * A broker whose users log in over TLS and may do nothing that was not allowed. Its other listener
 * has all rights, for what a test prepares and looks at.
 */
public final class SaslKafka implements AutoCloseable {

    private static final Pattern RIGHT =
            Pattern.compile("(live|history) job +(Topic|Group) +(\\S+) +(.+)");

    private final EmbeddedKafka kafka;
    private final int port;

    private SaslKafka(EmbeddedKafka kafka, int port) {
        this.kafka = kafka;
        this.port = port;
    }

    /**
     * Starts the broker with the topics that the settings name by default.
     *
     * @param plain passwords of the users of SASL/PLAIN
     * @param reauthenticate after how long who is connected has to log in again, ms; 0: never
     */
    public static SaslKafka start(PrivateCa ca, Map<String, String> plain, int reauthenticate) {
        int port = Ports.free();
        String listener = "SASL_SSL://" + Ports.LOOPBACK + ":" + port;
        String sasl = "listener.name.sasl_ssl.";
        String security = "org.apache.kafka.common.security.";
        StringBuilder users = new StringBuilder(security + "plain.PlainLoginModule required");
        plain.forEach(
                (user, password) -> users.append(" user_%s=\"%s\"".formatted(user, password)));
        EmbeddedKafka kafka =
                EmbeddedKafka.temporary(
                        Map.ofEntries(
                                Map.entry("listeners", listener),
                                Map.entry("advertised.listeners", listener),
                                Map.entry(
                                        "listener.security.protocol.map",
                                        "CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT,SASL_SSL:SASL_SSL"),
                                Map.entry("sasl.enabled.mechanisms", "PLAIN,SCRAM-SHA-512"),
                                Map.entry(sasl + "plain.sasl.jaas.config", users + ";"),
                                Map.entry(
                                        sasl + "scram-sha-512.sasl.jaas.config",
                                        security + "scram.ScramLoginModule required;"),
                                Map.entry(
                                        "connections.max.reauth.ms",
                                        Integer.toString(reauthenticate)),
                                Map.entry("ssl.keystore.type", "PKCS12"),
                                Map.entry("ssl.keystore.location", ca.keyStore().toString()),
                                Map.entry("ssl.keystore.password", PrivateCa.PASSWORD),
                                Map.entry("ssl.key.password", PrivateCa.PASSWORD),
                                Map.entry(
                                        "authorizer.class.name",
                                        "org.apache.kafka.metadata.authorizer.StandardAuthorizer"),
                                Map.entry("super.users", "User:ANONYMOUS")));
        kafka.start();
        Topics.create(
                kafka.address(),
                List.of(
                        new NewTopic("trades", 1, (short) 1),
                        new NewTopic("klines", 1, (short) 1),
                        new NewTopic("trades.dead", 1, (short) 1)));
        return new SaslKafka(kafka, port);
    }

    /** Where users log in. */
    public String address() {
        return Ports.LOOPBACK + ":" + port;
    }

    /** Properties of clients that may do everything. */
    public Properties unrestricted() {
        Properties properties = new Properties();
        properties.setProperty("bootstrap.servers", kafka.address());
        return properties;
    }

    /** Sets the password of a user of SCRAM. */
    public void scram(String user, String password) throws Exception {
        try (Admin admin = Admin.create(unrestricted())) {
            admin.alterUserScramCredentials(
                            List.of(
                                    new UserScramCredentialUpsertion(
                                            user,
                                            new ScramCredentialInfo(
                                                    ScramMechanism.SCRAM_SHA_512, 4096),
                                            password)))
                    .all()
                    .get();
        }
    }

    /** Gives a user the rights that {@code docs/operations.md} has for a job. */
    public void allow(String user, String job) throws Exception {
        List<AclBinding> rights = new ArrayList<>();
        for (String line : Documented.lines(job + " job ")) {
            Matcher matcher = RIGHT.matcher(line);
            if (!matcher.matches()) {
                throw new AssertionError("not a line of rights: " + line);
            }
            for (String operation : matcher.group(4).split(", ")) {
                rights.add(
                        right(
                                user,
                                ResourceType.fromString(matcher.group(2)),
                                matcher.group(3),
                                AclOperation.fromString(operation)));
            }
        }
        allow(rights);
    }

    /** Lets a user write to a topic. */
    public void allowWrite(String user, String topic) throws Exception {
        allow(List.of(right(user, ResourceType.TOPIC, topic, AclOperation.WRITE)));
    }

    private void allow(List<AclBinding> rights) throws InterruptedException, ExecutionException {
        try (Admin admin = Admin.create(unrestricted())) {
            admin.createAcls(rights).all().get();
        }
    }

    private static AclBinding right(
            String user, ResourceType type, String name, AclOperation operation) {
        return new AclBinding(
                new ResourcePattern(type, name, PatternType.LITERAL),
                new AccessControlEntry("User:" + user, "*", operation, AclPermissionType.ALLOW));
    }

    @Override
    public void close() {
        kafka.close();
    }
}
