package io.kline.tools.bench;

import java.util.ArrayList;
import java.util.List;

/**
 * Where the jobs of a run read and write: topics and groups of its own, on the servers of all runs.
 *
 * @param servers the servers
 * @param trades the topic of trades
 * @param run names what no other run uses
 */
record RunTopics(BenchServers servers, String trades, String run) {

    /** The topic between the jobs. */
    String klines() {
        return "klines-" + run;
    }

    /** The topic of dead letters. */
    String dead() {
        return "dead-" + run;
    }

    /** The group of the history job. */
    String historyGroup() {
        return run + "-history";
    }

    /** Makes the topics of the run. */
    void createTopics() {
        Preloaded.createTopic(servers.kafkaAddress(), klines());
        Preloaded.createTopic(servers.kafkaAddress(), dead());
    }

    /**
     * Settings of jobs, server and checker, as arguments.
     *
     * @param more others, {@code --key=value}, which win
     */
    List<String> settings(String... more) {
        List<String> settings =
                new ArrayList<>(
                        List.of(
                                "--kafka.bootstrap.servers=" + servers.kafkaAddress(),
                                "--kafka.topic.trades=" + trades,
                                "--kafka.topic.klines=" + klines(),
                                "--kafka.topic.dead=" + dead(),
                                "--kafka.group.id=" + run,
                                "--redis.nodes=" + servers.redis().address(),
                                "--mysql.url=" + servers.mysqlUrl()));
        for (String one : more) {
            String name = one.substring(0, one.indexOf('=') + 1);
            settings.removeIf(each -> each.startsWith(name));
            settings.add(one);
        }
        return settings;
    }
}
