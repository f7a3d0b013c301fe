package io.kline.tools.replay;

import io.kline.tools.replay.CsvRow.BadRowException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Finds the layout of a csv file: that of its header, else the only one that all columns of all
 * looked-at rows fit. It is never guessed.
 *
 * @param layout the layout
 * @param hasHeader whether the first row names the columns
 */
record LayoutChoice(CsvLayout layout, boolean hasHeader) {

    private static final String ADVICE = ": give --layout " + String.join("|", all());

    /**
     * Chooses.
     *
     * @param path what errors call the file
     * @param given the layout it must be, or null
     * @param rows the first rows of the file, at least one
     * @throws FeedException if none or several fit
     */
    static LayoutChoice of(String path, CsvLayout given, List<List<String>> rows) {
        List<String> first = rows.get(0);
        for (CsvLayout layout : CsvLayout.values()) {
            if (layout.isHeader(first)) {
                if (given != null && given != layout) {
                    throw new FeedException(
                            "%s: line 1 names the columns of --layout %s, not of %s"
                                    .formatted(path, layout, given));
                }
                return new LayoutChoice(layout, true);
            }
        }
        boolean hasHeader = first.stream().noneMatch(LayoutChoice::hasDigit);
        if (given != null) {
            return new LayoutChoice(given, hasHeader);
        }
        if (hasHeader) {
            throw new FeedException(
                    path
                            + ": the columns of line 1 are not those of a known layout: "
                            + FeedException.printable(String.join(",", first)));
        }
        return new LayoutChoice(only(path, rows), false);
    }

    private static boolean hasDigit(String cell) {
        return cell.chars().anyMatch(c -> c >= '0' && c <= '9');
    }

    private static CsvLayout only(String path, List<List<String>> rows) {
        Set<CsvLayout> fitting = EnumSet.allOf(CsvLayout.class);
        boolean isAny = false;
        for (List<String> row : rows) {
            Set<CsvLayout> ofRow = fitting(row);
            if (!ofRow.isEmpty()) {
                isAny = true;
                fitting.retainAll(ofRow);
            }
        }
        if (!isAny) {
            throw new FeedException(path + ", line 1, fits no layout: " + why(rows.get(0)));
        }
        if (fitting.size() != 1) {
            throw new FeedException(
                    path
                            + (fitting.isEmpty()
                                    ? ": the rows are of different layouts"
                                    : ": all columns fit " + fitting.size() + " layouts")
                            + ADVICE);
        }
        return fitting.iterator().next();
    }

    private static Set<CsvLayout> fitting(List<String> row) {
        Set<CsvLayout> fitting = EnumSet.noneOf(CsvLayout.class);
        for (CsvLayout layout : CsvLayout.values()) {
            if (problem(layout, row) == null) {
                fitting.add(layout);
            }
        }
        return fitting;
    }

    private static String problem(CsvLayout layout, List<String> row) {
        try {
            new CsvRow(layout, row).check();
            return null;
        } catch (BadRowException e) {
            return e.getMessage();
        }
    }

    private static String why(List<String> row) {
        return Arrays.stream(CsvLayout.values())
                .map(layout -> layout + ": " + FeedException.printable(problem(layout, row)))
                .collect(Collectors.joining("; "));
    }

    private static List<String> all() {
        return Arrays.stream(CsvLayout.values()).map(CsvLayout::toString).toList();
    }
}
