package io.kline.query;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;

/**
 * All symbols of a table, by asking for the next one behind many places at once: each is one jump
 * in the primary key, however many candles there are. When every symbol that was found has been
 * such a place there is no other one between them. Those that are expected are places from the
 * beginning; behind others a place in the middle of what is not looked through halves it.
 */
final class SymbolWalk {

    /** The next symbol behind each place that has one, in any order. */
    interface Next {
        List<String> behind(List<String> places) throws StoreAwayException;
    }

    private final Next next;
    private final int mostPlaces;
    private final NavigableSet<String> found = new TreeSet<>();
    private final Set<String> asked = new HashSet<>();

    /**
     * @param mostPlaces how many are asked for at once
     */
    SymbolWalk(Next next, int mostPlaces) {
        this.next = next;
        this.mostPlaces = mostPlaces;
    }

    /**
     * Returns all of them, sorted.
     *
     * @param expected symbols that may be there
     */
    List<String> all(Collection<String> expected) throws StoreAwayException {
        Set<String> places = new LinkedHashSet<>(expected);
        places.add("");
        while (!places.isEmpty()) {
            List<String> round = new ArrayList<>(places);
            for (int from = 0; from < round.size(); from += mostPlaces) {
                int to = Math.min(round.size(), from + mostPlaces);
                found.addAll(next.behind(round.subList(from, to)));
            }
            asked.addAll(round);
            places = places();
        }
        return List.copyOf(found);
    }

    private Set<String> places() {
        Set<String> places = new LinkedHashSet<>();
        for (String symbol : found) {
            if (!asked.contains(symbol)) {
                places.add(symbol);
                String middle = middle(symbol, found.higher(symbol));
                if (middle != null) {
                    places.add(middle);
                }
            }
        }
        return places;
    }

    /** A place behind one symbol and before another one that was not asked for; null for none. */
    private String middle(String symbol, String other) {
        int common = 0;
        while (other != null
                && common < Math.min(symbol.length(), other.length())
                && symbol.charAt(common) == other.charAt(common)) {
            common++;
        }
        for (int i = common; i < symbol.length(); i++) {
            char low = symbol.charAt(i);
            boolean isLimited = i == common && other != null && common < other.length();
            char middle = (char) ((low + (isLimited ? other.charAt(common) : top(low))) / 2);
            String place = symbol.substring(0, i) + middle;
            if (middle > low && !Character.isSurrogate(middle) && !asked.contains(place)) {
                return place;
            }
        }
        return null;
    }

    /** Behind the last character of the same kind. */
    private static int top(char character) {
        if (character <= '9') {
            return '9' + 1;
        }
        if (character <= 'Z') {
            return 'Z' + 1;
        }
        return character <= 'z' ? 'z' + 1 : Character.MAX_VALUE;
    }
}
