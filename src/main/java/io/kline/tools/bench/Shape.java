package io.kline.tools.bench;

import java.util.Locale;

/** How the trades of a load are spread over symbols. */
enum Shape {
    /** 20 symbols that trade evenly: the trades are the work. */
    HOT(20, 0, 0),
    /** 2,000 symbols by Zipf's law: the candles are. */
    WIDE(2_000, 1, 0),
    /** One symbol has 60 % of all trades; the others are as in {@link #WIDE}. */
    ONE_SYMBOL(2_000, 1, 0.6),
    /** 20,000 symbols that trade rarely and evenly. */
    SPARSE(20_000, 0, 0);

    private final int symbols;
    private final double exponent;
    private final double firstShare;

    Shape(int symbols, double exponent, double firstShare) {
        this.symbols = symbols;
        this.exponent = exponent;
        this.firstShare = firstShare;
    }

    int symbols() {
        return symbols;
    }

    /** Share of the trades up to each symbol, the symbol included; the last is 1. */
    double[] cumulativeShares() {
        double[] shares = new double[symbols];
        double sum = 0;
        for (int i = 0; i < symbols; i++) {
            sum += 1 / Math.pow(i + 1, exponent);
            shares[i] = sum;
        }
        for (int i = 0; i < symbols; i++) {
            shares[i] = firstShare + (1 - firstShare) * shares[i] / sum;
        }
        shares[symbols - 1] = 1;
        return shares;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
