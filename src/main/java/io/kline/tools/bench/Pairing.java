package io.kline.tools.bench;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Variants that are run in turn, A B A B and so on, so that what changes on the machine meanwhile
 * meets all of them.
 */
final class Pairing {

    private final Map<String, Trial> variants = new LinkedHashMap<>();

    /** Adds a variant behind the others. */
    Pairing with(String variant, Trial trial) {
        variants.put(variant, trial);
        return this;
    }

    /**
     * Runs all variants so many times.
     *
     * @param figures gets the readings of right runs, and why others were wrong or have failed
     */
    void play(int runs, Figures figures) throws Exception {
        for (int run = 1; run <= runs; run++) {
            for (Map.Entry<String, Trial> variant : variants.entrySet()) {
                figures.progress(variant.getKey() + ", run " + run + " of " + runs);
                try {
                    figures.add(run, variant.getKey(), variant.getValue().run());
                } catch (WrongResultException | IllegalStateException e) {
                    figures.wrong(variant.getKey() + ", run " + run + ": " + e.getMessage());
                }
            }
        }
    }
}
