package io.kline.tools.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ForeignLoadTest {

    @Test
    void addsWhatIsNotIdle() {
        assertThat(ForeignLoad.busySeconds("cpu  100 20 30 999 888 4 5 6 70 80\ncpu0 1 2 3\n"))
                .isEqualTo(1.65);
    }

    @Test
    void refusesABusyMachine() {
        assertThat(ForeignLoad.isLow(0.29)).isTrue();
        assertThat(ForeignLoad.isLow(0.31)).isFalse();
    }

    @Test
    void readsTheTimeOfAProcessWithAnyName() {
        String stat = "7 (a (b) c) S 1 7 7 0 -1 4194560 1 2 3 4 150 50 9 9 20 0 1 0 100";
        assertThat(ProcessCpu.seconds(stat)).isEqualTo(2);
    }

    @Test
    void seesItsOwnWork() {
        double before = ProcessCpu.of(ProcessHandle.current().pid());
        long end = System.nanoTime() + 50_000_000;
        long spins = 0;
        while (System.nanoTime() < end || ProcessCpu.of(ProcessHandle.current().pid()) == before) {
            spins++;
        }
        assertThat(spins).isPositive();
    }
}
