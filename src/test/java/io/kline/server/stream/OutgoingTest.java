package io.kline.server.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.kline.server.stream.Outgoing.Fate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutgoingTest {

    private static final int MOST = 4;

    private final List<String> sent = new ArrayList<>();
    private int asked;
    private final WaitingCharacters backlog = new WaitingCharacters(Long.MAX_VALUE, () -> 1);
    private final Outgoing outgoing = new Outgoing(MOST, backlog, sent::add);

    @Test
    void whatTheNetworkTakesIsSentAtOnce() {
        for (int i = 0; i < 100; i++) {
            assertThat(outgoing.add("a", "a" + i, false)).isEqualTo(Fate.ADDED);
            outgoing.sent();
        }
        assertThat(sent).hasSize(100);
    }

    @Test
    void whatWaitsIsReplacedByTheNewestOfItsStream() {
        fillTheNetwork();
        assertThat(outgoing.add("a", "a1", false)).isEqualTo(Fate.ADDED);
        assertThat(outgoing.add("b", "b1", false)).isEqualTo(Fate.ADDED);
        assertThat(outgoing.add("a", "a2", false)).isEqualTo(Fate.REPLACED_ANOTHER);
        assertThat(outgoing.add("a", "a3 closed", true)).isEqualTo(Fate.REPLACED_ANOTHER);
        assertThat(outgoing.add("a", "next a1", false)).isEqualTo(Fate.ADDED);
        assertThat(outgoing.add("a", "next a2", false)).isEqualTo(Fate.REPLACED_ANOTHER);
        emptyTheNetwork();
        assertThat(sent).containsExactly("a3 closed", "b1", "next a2");
    }

    @Test
    void whatMustNotBeLeftOutWaitsOnlySoLong() {
        fillTheNetwork();
        for (int i = 0; i < MOST; i++) {
            assertThat(outgoing.add("a", "closed " + i, true)).isEqualTo(Fate.ADDED);
        }
        assertThat(outgoing.add("a", "one more", true)).isEqualTo(Fate.ONE_TOO_MANY);
        outgoing.answer("an answer", () -> {});
        emptyTheNetwork();
        assertThat(sent)
                .containsExactly("closed 0", "closed 1", "closed 2", "closed 3", "an answer");
    }

    /** Of each stream one forming candle waits, however many streams there are. */
    @Test
    void onlyWhatMustNotBeLeftOutIsCounted() {
        fillTheNetwork();
        for (int i = 0; i < 1_100; i++) {
            assertThat(outgoing.add("a" + i, "forming", false)).isEqualTo(Fate.ADDED);
        }
        for (int i = 0; i < MOST; i++) {
            assertThat(outgoing.add("a" + i, "closed", true)).isEqualTo(Fate.REPLACED_ANOTHER);
        }
        assertThat(outgoing.add("a" + MOST, "closed", true)).isEqualTo(Fate.ONE_TOO_MANY);
        assertThat(outgoing.add("a" + MOST, "forming", false)).isEqualTo(Fate.REPLACED_ANOTHER);
        outgoing.sent();
        assertThat(outgoing.add("a" + MOST, "closed", true)).isEqualTo(Fate.REPLACED_ANOTHER);
    }

    @Test
    void whoDoesNotTakeLongAnswersIsNotAskedForMore() {
        String list = "x".repeat(45_000);
        fillTheNetwork();
        outgoing.answer(list, () -> asked++);
        assertThat(asked).isEqualTo(1);
        outgoing.answer(list, () -> asked++);
        emptyTheNetwork();
        assertThat(sent).containsExactly(list, list);
        assertThat(asked).isEqualTo(1);
        outgoing.sent();
        assertThat(asked).isEqualTo(2);
        outgoing.sent();
        assertThat(asked).isEqualTo(2);
    }

    @Test
    void whoDoesNotTakeManyAnswersIsNotAskedForMore() {
        fillTheNetwork();
        for (int i = 0; i < Outgoing.ENOUGH_ANSWERS; i++) {
            outgoing.answer("short", () -> asked++);
        }
        assertThat(asked).isEqualTo(Outgoing.ENOUGH_ANSWERS - 1);
        emptyTheNetwork();
        outgoing.sent();
        assertThat(asked).isEqualTo(Outgoing.ENOUGH_ANSWERS);
    }

    @Test
    void whatWaitsForAllClientsIsBounded() {
        WaitingCharacters small = new WaitingCharacters(1_000, () -> 2);
        Outgoing greedy = new Outgoing(MOST, small, sent::add);
        Outgoing modest = new Outgoing(MOST, small, sent::add);
        assertThat(greedy.add("a", "x".repeat(900), true)).isEqualTo(Fate.ADDED);
        assertThat(greedy.add("a", "x".repeat(101), true)).isEqualTo(Fate.ONE_TOO_MANY);
        assertThat(modest.add("a", "x".repeat(500), true)).isEqualTo(Fate.ADDED);
        assertThat(modest.add("a", "x", true)).isEqualTo(Fate.ONE_TOO_MANY);
        greedy.end();
        greedy.sent();
        assertThat(small.waiting()).isEqualTo(500);
        assertThat(modest.add("a", "x".repeat(500), true)).isEqualTo(Fate.ADDED);
        modest.sent();
        modest.sent();
        assertThat(small.waiting()).isZero();
    }

    /** Others have filled it. */
    @Test
    void whoHasTakenEverythingAlwaysGetsTheNextOne() {
        WaitingCharacters full = new WaitingCharacters(1_000, () -> 2);
        new Outgoing(MOST, full, sent::add).add("a", "x".repeat(1_000), true);
        Outgoing modest = new Outgoing(MOST, full, sent::add);
        for (int i = 0; i < 3; i++) {
            assertThat(modest.add("t", "x".repeat(600), true)).isEqualTo(Fate.ADDED);
            modest.sent();
        }
        modest.add("t", "x".repeat(600), true);
        assertThat(modest.add("t", "x".repeat(600), true)).isEqualTo(Fate.ONE_TOO_MANY);
        assertThat(modest.characters()).isEqualTo(600);
        assertThat(full.excess()).isEqualTo(850);
    }

    @Test
    void forAClientThatIsGoneNothingWaits() {
        fillTheNetwork();
        outgoing.end();
        for (int i = 0; i < 2 * MOST; i++) {
            assertThat(outgoing.add("a", "closed", true)).isEqualTo(Fate.ADDED);
        }
        assertThat(outgoing.characters()).isZero();
        assertThat(backlog.waiting()).isZero();
    }

    @Test
    void theLastAnswerLeavesWhatIsAskedBehindTheOthers() {
        fillTheNetwork();
        outgoing.answer("x".repeat(Outgoing.ENOUGH_OF_ANSWERS), () -> asked++);
        outgoing.answer("the end");
        assertThat(outgoing.heldBackSince()).isPresent();
        emptyTheNetwork();
        emptyTheNetwork();
        assertThat(asked).isEqualTo(1);
        assertThat(outgoing.heldBackSince()).isEmpty();
    }

    @Test
    void longMessagesWaitOnlySoManyCharacters() {
        String quarter = "x".repeat(Outgoing.MOST_CHARACTERS / 4);
        // More than enough for the network.
        assertThat(outgoing.add("t", quarter, true)).isEqualTo(Fate.ADDED);
        for (int i = 0; i < 3; i++) {
            assertThat(outgoing.add("t", quarter, true)).isEqualTo(Fate.ADDED);
        }
        assertThat(outgoing.add("t", quarter + "x", true)).isEqualTo(Fate.ONE_TOO_MANY);
        outgoing.sent();
        assertThat(sent).hasSize(2);
        assertThat(outgoing.add("t", quarter, true)).isEqualTo(Fate.ADDED);
        outgoing.add("short", "a", false);
        for (int i = 0; i < 5; i++) {
            outgoing.sent();
        }
        assertThat(sent).hasSize(6).endsWith("a");
    }

    /** Whatever its length, there has to be a way to send it. */
    @Test
    void oneLongMessageMayAlwaysWait() {
        fillTheNetwork();
        String tooLong = "x".repeat(2 * Outgoing.MOST_CHARACTERS);
        assertThat(outgoing.add("t", tooLong, true)).isEqualTo(Fate.ADDED);
        assertThat(outgoing.add("u", "u", true)).isEqualTo(Fate.ONE_TOO_MANY);
        emptyTheNetwork();
        assertThat(sent).containsExactly(tooLong);
    }

    @Test
    void answersAreNeverReplaced() {
        fillTheNetwork();
        outgoing.answer("one", () -> {});
        outgoing.answer("two", () -> {});
        emptyTheNetwork();
        assertThat(sent).containsExactly("one", "two");
    }

    @Test
    void aNetworkThatIsDoneAtOnceKeepsTheOrder() {
        List<String> quick = new ArrayList<>();
        Outgoing[] self = new Outgoing[1];
        self[0] =
                new Outgoing(
                        MOST,
                        backlog,
                        text -> {
                            quick.add(text);
                            self[0].sent();
                        });
        for (int i = 0; i < 1_000; i++) {
            self[0].add("a", Integer.toString(i), true);
        }
        assertThat(quick).hasSize(1_000).startsWith("0", "1").endsWith("999");
    }

    private void fillTheNetwork() {
        for (int i = 0; i < Outgoing.MOST_IN_FLIGHT; i++) {
            outgoing.add("before", Integer.toString(i), false);
        }
        sent.clear();
    }

    private void emptyTheNetwork() {
        for (int i = 0; i < Outgoing.MOST_IN_FLIGHT; i++) {
            outgoing.sent();
        }
    }
}
