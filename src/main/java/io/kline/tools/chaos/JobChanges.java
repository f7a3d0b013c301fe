package io.kline.tools.chaos;

import io.kline.tools.cluster.Rest;
import io.kline.tools.stack.ServerProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What operators do to the jobs. */
final class JobChanges {

    static final List<Scenario> ALL =
            List.of(
                    Scenario.of(
                            "old-savepoint",
                            60,
                            "a savepoint a minute old is restored over stores that are further",
                            JobChanges::oldSavepoint),
                    Scenario.of("rescale", 30, "rescaled 1, 2, 4, 1", JobChanges::rescale),
                    Scenario.of(
                            "upgrade",
                            1,
                            "upgrade.sh live",
                            world -> world.jobs().script("upgrade.sh", "live")),
                    Scenario.of(
                            "kill-under-standby",
                            1,
                            "kill -9 the TaskManagers of the first of two live jobs",
                            JobChanges::killUnderStandby));

    private JobChanges() {}

    private static void oldSavepoint(World world) throws Exception {
        String savepoint = world.jobs().stopLive();
        world.jobs().submit("live", "--from-savepoint", savepoint);
        world.sleep(Duration.ofSeconds(60));
        world.jobs().stopLive();
        world.jobs().submit("live", "--from-savepoint", savepoint);
    }

    private static void rescale(World world) throws Exception {
        for (String parallelism : List.of("1", "2", "4", "1")) {
            String savepoint = world.jobs().stopLive();
            world.jobs()
                    .submit("live", "--from-savepoint", savepoint, "--parallelism", parallelism);
            world.awaitFresh();
        }
    }

    private static void killUnderStandby(World world) throws Exception {
        Rest.Job first = world.jobs().live();
        world.jobs().submit("live", "--standby");
        world.sleep(Duration.ofSeconds(20));
        List<String> others =
                new ArrayList<>(
                        world.jobs().taskManagersOf(world.jobs().named(first.name()).get(1)));
        List<ServerProcess> processes =
                world.jobs().taskManagersOf(first).stream()
                        .filter(name -> !others.contains(name))
                        .map(world::process)
                        .toList();
        if (processes.isEmpty()) {
            throw new IllegalStateException("both live jobs are on the same TaskManagers");
        }
        world.freshness().reset();
        processes.forEach(world::kill);
        world.sleep(Duration.ofSeconds(20));
        processes.forEach(ServerProcess::start);
        world.jobs().script("stop.sh", "live", "--job", first.id());
    }
}
