package io.kline.tools.chaos;

import io.kline.tools.cluster.Rest;
import io.kline.tools.stack.ServerKind;
import io.kline.tools.stack.ServerProcess;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import redis.clients.jedis.Jedis;

/** A fault, from its beginning to the moment at which everything runs again. */
enum Scenario {
    NONE("nothing happens for 20 s", 2) {
        @Override
        void play(World world) throws Exception {
            world.sleep(Duration.ofSeconds(20));
        }
    },
    KILL_TASKMANAGER("kill -9 a TaskManager of the live job", 15) {
        @Override
        void play(World world) throws Exception {
            ServerProcess process = world.process(world.taskManagersOf(world.live()).get(0));
            process.kill();
            world.sleep(Duration.ofSeconds(20));
            process.start();
        }
    },
    KILL_JOBMANAGER("kill -9 the leading JobManager", 15) {
        @Override
        void play(World world) throws Exception {
            ServerProcess leader = world.leader();
            leader.kill();
            world.sleep(Duration.ofSeconds(25));
            leader.start();
        }
    },
    KILL_BOTH("kill -9 the leading JobManager and a TaskManager of the live job", 30) {
        @Override
        void play(World world) throws Exception {
            ServerProcess worker = world.process(world.taskManagersOf(world.live()).get(0));
            ServerProcess leader = world.leader();
            leader.kill();
            worker.kill();
            world.sleep(Duration.ofSeconds(35));
            leader.start();
            worker.start();
        }
    },
    PAUSE_TASKMANAGER("SIGSTOP a TaskManager of the live job for 90 s; its stale writes come", 60) {
        @Override
        void play(World world) throws Exception {
            ServerProcess process = world.process(world.taskManagersOf(world.live()).get(0));
            world.signal("STOP", process);
            world.sleep(Duration.ofSeconds(90));
            world.signal("CONT", process);
            world.sleep(Duration.ofSeconds(20));
        }
    },
    SHORT_PAUSES("five pauses of 1 to 10 s of a TaskManager, as of a garbage collection", 15) {
        @Override
        void play(World world) throws Exception {
            for (int i = 0; i < 5; i++) {
                ServerProcess process = world.process(world.taskManagersOf(world.live()).get(0));
                world.signal("STOP", process);
                world.sleep(Duration.ofMillis(1_000 + world.random.nextInt(9_000)));
                world.signal("CONT", process);
                world.sleep(Duration.ofSeconds(5));
            }
        }
    },
    ZOOKEEPER_AWAY("ZooKeeper is away for 20 s", 60) {
        @Override
        void play(World world) throws Exception {
            ServerProcess process = world.process("zookeeper");
            process.kill();
            world.sleep(Duration.ofSeconds(20));
            process.start();
            world.sleep(Duration.ofSeconds(20));
        }
    },
    KAFKA_KILLED("kill -9 the broker", 60) {
        @Override
        void play(World world) throws Exception {
            world.kafka().kill();
            world.start(ServerKind.KAFKA);
        }
    },
    KAFKA_AWAY("the broker is away for 60 s", 120) {
        @Override
        void play(World world) throws Exception {
            world.kafka().stop();
            world.sleep(Duration.ofSeconds(60));
            world.start(ServerKind.KAFKA);
        }
    },
    REDIS_KILLED("kill -9 Redis, which comes back with what its file has", 30) {
        @Override
        void play(World world) throws Exception {
            world.redis().kill();
            world.start(ServerKind.REDIS);
        }
    },
    SCRIPT_FLUSH("SCRIPT FLUSH, five times", 5) {
        @Override
        void play(World world) throws Exception {
            for (int i = 0; i < 5; i++) {
                try (Jedis jedis = world.jedis()) {
                    jedis.scriptFlush();
                }
                world.sleep(Duration.ofSeconds(2));
            }
        }
    },
    CLIENT_KILL("CLIENT KILL of all connections, five times", 5) {
        @Override
        void play(World world) throws Exception {
            for (int i = 0; i < 5; i++) {
                try (Jedis jedis = world.jedis()) {
                    jedis.sendCommand(
                            redis.clients.jedis.Protocol.Command.CLIENT, "KILL", "TYPE", "normal");
                }
                world.sleep(Duration.ofSeconds(2));
            }
        }
    },
    REDIS_FULL("Redis has no memory left for 20 s", 40) {
        @Override
        void play(World world) throws Exception {
            try (Jedis jedis = world.jedis()) {
                jedis.configSet("maxmemory", "1mb");
                world.sleep(Duration.ofSeconds(20));
                jedis.configSet("maxmemory", "0");
            }
        }
    },
    REDIS_READONLY("Redis is a replica of nobody that answers for 15 s: READONLY", 40) {
        @Override
        void play(World world) throws Exception {
            try (Jedis jedis = world.jedis()) {
                jedis.replicaof("127.0.0.1", 1);
                world.sleep(Duration.ofSeconds(15));
                jedis.replicaofNoOne();
            }
        }
    },
    MYSQL_AWAY("MySQL is away for 60 s; live candles do not notice", 2) {
        @Override
        void play(World world) throws Exception {
            world.mysql().stop();
            world.sleep(Duration.ofSeconds(60));
            world.start(ServerKind.MYSQL);
        }
    },
    MYSQL_CONNECTIONS("KILL of all connections of the jobs to MySQL, five times", 2) {
        @Override
        void play(World world) throws Exception {
            for (int i = 0; i < 5; i++) {
                killConnections(world);
                world.sleep(Duration.ofSeconds(3));
            }
        }
    },
    OLD_SAVEPOINT("a savepoint a minute old is restored over stores that are further", 60) {
        @Override
        void play(World world) throws Exception {
            String savepoint = world.stopLive();
            world.submit("live", "--from-savepoint", savepoint);
            world.sleep(Duration.ofSeconds(60));
            world.stopLive();
            world.submit("live", "--from-savepoint", savepoint);
        }
    },
    RESCALE("rescaled 1, 2, 4, 1", 30) {
        @Override
        void play(World world) throws Exception {
            for (String parallelism : List.of("1", "2", "4", "1")) {
                String savepoint = world.stopLive();
                world.submit("live", "--from-savepoint", savepoint, "--parallelism", parallelism);
                world.awaitFresh();
            }
        }
    },
    UPGRADE("upgrade.sh live", 1) {
        @Override
        void play(World world) throws Exception {
            world.script("upgrade.sh", "live");
        }
    },
    KILL_UNDER_STANDBY("kill -9 the TaskManagers of the first of two live jobs", 1) {
        @Override
        void play(World world) throws Exception {
            Rest.Job first = world.live();
            world.submit("live", "--standby");
            world.sleep(Duration.ofSeconds(20));
            List<String> others =
                    new ArrayList<>(world.taskManagersOf(world.jobs(first.name()).get(1)));
            List<ServerProcess> processes =
                    world.taskManagersOf(first).stream()
                            .filter(name -> !others.contains(name))
                            .map(world::process)
                            .toList();
            if (processes.isEmpty()) {
                throw new IllegalStateException("both live jobs are on the same TaskManagers");
            }
            world.freshness().reset();
            processes.forEach(ServerProcess::kill);
            world.sleep(Duration.ofSeconds(20));
            processes.forEach(ServerProcess::start);
            world.script("stop.sh", "live", "--job", first.id());
        }
    };

    private final String text;
    private final Duration pause;

    /**
     * @param pause how long fresh candles may be missing, s
     */
    Scenario(String text, int pause) {
        this.text = text;
        this.pause = Duration.ofSeconds(pause);
    }

    abstract void play(World world) throws Exception;

    /** The name in commands. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    String text() {
        return text;
    }

    /** How long fresh candles may be missing. */
    Duration pause() {
        return pause;
    }

    private static void killConnections(World world) throws SQLException {
        try (Connection connection = DriverManager.getConnection(world.mysqlUrl(), "root", "");
                Statement statement = connection.createStatement()) {
            List<Long> ids = new ArrayList<>();
            try (ResultSet rows =
                    statement.executeQuery(
                            "SELECT id FROM information_schema.processlist WHERE user = 'kline'")) {
                while (rows.next()) {
                    ids.add(rows.getLong(1));
                }
            }
            for (long id : ids) {
                try {
                    statement.execute("KILL " + id);
                } catch (SQLException gone) {
                    // It ended by itself.
                    continue;
                }
            }
        }
    }
}
