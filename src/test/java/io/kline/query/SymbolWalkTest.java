package io.kline.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SymbolWalkTest {

    private static final int AT_ONCE = 250;

    /** The order of the table: bytes of UTF-8, which is not the one of Java beyond U+FFFF. */
    private static final Comparator<String> BYTES =
            Comparator.comparing(
                    text -> text.getBytes(StandardCharsets.UTF_8), Arrays::compareUnsigned);

    private static final List<String> PARTS =
            List.of("A", "B", "1", "10", "USDT", "币", "Ä", "z", "_", "-", "𐐀", "\uFF5E");

    private int statements;

    @Test
    void findsAllWhateverTheirNames() throws Exception {
        Random random = new Random(7);
        for (int round = 0; round < 300; round++) {
            TreeSet<String> symbols = new TreeSet<>(BYTES);
            int many = random.nextInt(60);
            for (int i = 0; i < many; i++) {
                symbols.add(name(random));
            }
            List<String> expected = new ArrayList<>();
            for (String symbol : symbols) {
                if (random.nextBoolean()) {
                    expected.add(symbol);
                }
            }
            expected.add("GONE" + name(random));
            List<String> sorted = new ArrayList<>(symbols);
            sorted.sort(Comparator.naturalOrder());
            assertThat(walk(symbols, expected)).isEqualTo(sorted);
            assertThat(walk(symbols, List.of())).isEqualTo(sorted);
        }
    }

    @Test
    void thousandsThatLookAlikeTakeAFewStatements() throws Exception {
        TreeSet<String> symbols = new TreeSet<>(BYTES);
        IntStream.range(0, 5_000).forEach(i -> symbols.add("BENCH%04dUSDT".formatted(i)));
        assertThat(walk(symbols, List.of())).hasSize(5_000);
        assertThat(statements).isLessThan(120);
        assertThat(walk(symbols, symbols)).hasSize(5_000);
        assertThat(statements).isEqualTo(5_001 / AT_ONCE + 1);
    }

    private static String name(Random random) {
        StringBuilder name = new StringBuilder();
        int parts = 1 + random.nextInt(4);
        for (int i = 0; i < parts; i++) {
            name.append(PARTS.get(random.nextInt(PARTS.size())));
        }
        return name.toString();
    }

    private List<String> walk(TreeSet<String> symbols, Collection<String> expected)
            throws StoreAwayException {
        statements = 0;
        return new SymbolWalk(places -> behind(symbols, places), AT_ONCE).all(expected);
    }

    private List<String> behind(TreeSet<String> symbols, List<String> places) {
        statements++;
        assertThat(places).hasSizeLessThanOrEqualTo(AT_ONCE).doesNotHaveDuplicates();
        return places.stream().map(symbols::higher).filter(one -> one != null).toList();
    }
}
