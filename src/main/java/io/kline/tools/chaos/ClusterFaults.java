package io.kline.tools.chaos;

import io.kline.tools.stack.ServerProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Faults of Flink's processes and of ZooKeeper. */
final class ClusterFaults {

    static final List<Scenario> ALL =
            List.of(
                    Scenario.of(
                            "none",
                            2,
                            "nothing happens for 10 s",
                            world -> world.sleep(Duration.ofSeconds(10))),
                    Scenario.of(
                            "kill-taskmanager",
                            15,
                            "kill -9 a TaskManager of the live job",
                            ClusterFaults::killTaskManager),
                    Scenario.of(
                            "kill-jobmanager",
                            15,
                            "kill -9 the leading JobManager",
                            ClusterFaults::killJobManager),
                    Scenario.of(
                            "kill-both",
                            30,
                            "kill -9 the leading JobManager and a TaskManager of the live job",
                            ClusterFaults::killBoth),
                    Scenario.of(
                            "kills",
                            60,
                            "five times kill -9 of one to three processes of any kind",
                            ClusterFaults::kills),
                    Scenario.of(
                            "pause-taskmanager",
                            60,
                            "SIGSTOP a TaskManager of the live job for 90 s; its stale writes come",
                            ClusterFaults::pauseTaskManager),
                    Scenario.of(
                            "short-pauses",
                            20,
                            "five pauses of 1 to 10 s of a TaskManager, as of a garbage collection",
                            ClusterFaults::shortPauses),
                    Scenario.of(
                            "full-heap",
                            60,
                            "garbage collections without end in a TaskManager of the live job,"
                                    + " whose heap is full for 40 s",
                            ClusterFaults::fullHeap),
                    Scenario.of(
                            "zookeeper-away",
                            60,
                            "ZooKeeper is away for 20 s",
                            ClusterFaults::zooKeeperAway),
                    Scenario.of(
                            "zookeeper-restarted",
                            60,
                            "ZooKeeper is killed and started four times, 1 to 3.4 s later",
                            ClusterFaults::zooKeeperRestarted));

    private static final int LEAST_COLLECTING_SECONDS = 5;

    /** So long after a kill at the latest nothing goes on of what did not notice it at first. */
    private static final Duration NOTICED = Duration.ofSeconds(12);

    private ClusterFaults() {}

    private static void killTaskManager(World world) throws Exception {
        ServerProcess process = aTaskManager(world);
        world.kill(process);
        world.sleep(NOTICED);
        world.awaitFresh();
        process.start();
    }

    private static void killJobManager(World world) throws Exception {
        ServerProcess leader = world.leader();
        world.kill(leader);
        world.sleep(NOTICED);
        world.awaitFresh();
        leader.start();
    }

    private static void killBoth(World world) throws Exception {
        ServerProcess worker = aTaskManager(world);
        ServerProcess leader = world.leader();
        world.kill(leader);
        world.kill(worker);
        world.sleep(NOTICED);
        world.awaitFresh();
        Together.run(leader::start, worker::start);
    }

    private static void kills(World world) throws Exception {
        for (int round = 0; round < 5; round++) {
            // What the round before has killed may still be on its way: each is judged by itself.
            world.pauses().stop();
            world.pauses().resume();
            List<ServerProcess> all = new ArrayList<>(world.processes());
            Collections.shuffle(all, world.random);
            List<ServerProcess> chosen = all.subList(0, 1 + world.random.nextInt(3));
            for (ServerProcess process : chosen) {
                world.kill(process);
                world.sleep(Duration.ofMillis(world.random.nextInt(2_000)));
            }
            world.startAll();
            // Now and then the next ones die while the jobs are still being restored.
            if (world.random.nextInt(4) > 0) {
                world.awaitFresh();
            }
        }
    }

    private static void pauseTaskManager(World world) throws Exception {
        ServerProcess process = aTaskManager(world);
        signal("STOP", process);
        try {
            Duration before = Duration.ofSeconds(30);
            world.sleep(before);
            // The job goes on without it.
            world.awaitFresh();
            world.guests().meanwhile(Duration.ofSeconds(90).minus(before));
        } finally {
            signal("CONT", process);
        }
        world.sleep(Duration.ofSeconds(10));
        // Not judged: what the paused tasks count ends with them, unseen by the JobManager, and
        // whether the restored ones send anything older depends on where the checkpoint was.
        world.note(
                "%,.0f candles of the restored job were refused as stale",
                world.jobs().metric(world.jobs().live(), "candlesStale"));
    }

    private static void shortPauses(World world) throws Exception {
        for (int i = 0; i < 5; i++) {
            ServerProcess process = aTaskManager(world);
            signal("STOP", process);
            world.sleep(Duration.ofMillis(1_000 + world.random.nextInt(9_000)));
            signal("CONT", process);
            world.sleep(Duration.ofSeconds(5));
        }
    }

    private static void fullHeap(World world) throws Exception {
        ServerProcess process = aTaskManager(world);
        FullHeap.in(process.process().orElseThrow(), process.home(), Duration.ofSeconds(40));
        world.sleep(Duration.ofSeconds(50));
        if (!process.isRunning()) {
            world.note("the TaskManager ended");
            return;
        }
        Duration collecting = FullHeap.collecting(process.home());
        world.note("%.1f s of garbage collection", collecting.toMillis() / 1000.0);
        if (collecting.toSeconds() < LEAST_COLLECTING_SECONDS) {
            throw new IllegalStateException("the heap was not full");
        }
    }

    private static void zooKeeperAway(World world) throws Exception {
        ServerProcess process = world.process("zookeeper");
        world.kill(process);
        world.sleep(Duration.ofSeconds(20));
        process.start();
        world.sleep(Duration.ofSeconds(10));
    }

    /**
     * It is back about when the sessions of the JobManagers end for themselves. For the server they
     * last on, and with them their old places among those who would lead.
     */
    private static void zooKeeperRestarted(World world) throws Exception {
        ServerProcess process = world.process("zookeeper");
        for (int millis = 1_000; millis <= 3_400; millis += 800) {
            world.kill(process);
            world.sleep(Duration.ofMillis(millis));
            process.start();
            // A JobManager whose client gives up ends itself, and is started again from outside.
            world.sleep(Duration.ofSeconds(5));
            world.startAll();
            world.awaitFresh();
        }
    }

    private static void signal(String name, ServerProcess process)
            throws IOException, InterruptedException {
        long pid = process.process().orElseThrow().pid();
        new ProcessBuilder("kill", "-" + name, Long.toString(pid)).start().waitFor();
    }

    /** A TaskManager of the live job. */
    static ServerProcess aTaskManager(World world) {
        return world.process(world.jobs().taskManagersOf(world.jobs().live()).get(0));
    }
}
