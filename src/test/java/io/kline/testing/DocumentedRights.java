package io.kline.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.kline.config.RedisLogin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import redis.clients.jedis.Jedis;

/**
 * The rights of a Redis user as {@code docs/operations.md} and {@code docker-compose.yml} have
 * them.
 *
 * @param user name of the user
 * @param rules those of any server, then those of a node of a Cluster of version 7, then of an
 *     older
 */
public record DocumentedRights(String user, List<List<String>> rules) {

    private static final String PASSWORD = "secret";

    private static final Pattern USED = Pattern.compile("cmdstat_([^:]+):calls=([0-9]+)");

    public static DocumentedRights of(String user) throws IOException {
        String text = Files.readString(Path.of("docs/operations.md")).replaceAll("\n {8}", " ");
        List<List<String>> rules = new ArrayList<>();
        Matcher line =
                Pattern.compile("^ {4}ACL SETUSER " + user + " (.*)$", Pattern.MULTILINE)
                        .matcher(text);
        while (line.find()) {
            rules.add(rules(line.group(1)));
        }
        return new DocumentedRights(user, rules);
    }

    /** Those of the server in the compose file. */
    public static List<String> inCompose(String user) throws IOException {
        return Files.readAllLines(Path.of("docker-compose.yml")).stream()
                .map(String::trim)
                .filter(line -> line.startsWith("user " + user + " "))
                .map(line -> rules(line.substring(("user " + user + " ").length())))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> rules(String text) {
        return Stream.of(text.split(" +"))
                .map(rule -> rule.startsWith(">") ? ">" + PASSWORD : rule)
                .toList();
    }

    public RedisLogin login() {
        return new RedisLogin(user, PASSWORD);
    }

    /** Makes the user of a single server, and begins to count commands. */
    public void grant(Jedis server) {
        grant(server, 0);
    }

    /** Makes the user of a sentinel. */
    public void grantOnSentinel(Jedis sentinel) {
        sentinel.aclSetUser(user, rules.get(0).toArray(String[]::new));
        sentinel.aclLogReset();
    }

    /** Makes the user of a node of a Cluster of version 7, and begins to count commands. */
    public void grantOnCluster(Jedis node) {
        grant(node, 0, 1);
    }

    private void grant(Jedis server, int... parts) {
        for (int part : parts) {
            server.aclSetUser(user, rules.get(part).toArray(String[]::new));
        }
        server.aclLogReset();
        server.configResetStat();
    }

    /** Asserts that nothing was refused. */
    public static void assertEnough(List<Jedis> servers) {
        assertThat(servers.stream().flatMap(each -> each.aclLog().stream()).toList())
                .as("what the rights do not allow")
                .isEmpty();
    }

    /** Asserts that nothing was refused, and that each command that is allowed was used. */
    public void assertEnoughAndUsed(List<Jedis> servers) {
        assertEnough(servers);
        Set<String> used = new TreeSet<>();
        for (Jedis server : servers) {
            Matcher command = USED.matcher(server.info("commandstats"));
            while (command.find()) {
                used.add(command.group(1));
            }
        }
        assertThat(used).as("commands used").containsAll(commands(servers.get(0)));
    }

    /** The commands that a server has made of the rules. */
    public Set<String> commands(Jedis server) {
        return Stream.of(server.aclGetUser(user).getCommands().split(" "))
                .filter(rule -> rule.startsWith("+"))
                .map(rule -> rule.substring(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
