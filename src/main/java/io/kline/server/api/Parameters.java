package io.kline.server.api;

import io.kline.model.Interval;
import io.kline.model.Symbol;
import io.kline.query.Range;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The parameters of one request, read with Binance's errors. */
public final class Parameters {

    /** What error messages say a symbol is, near enough; {@link Symbol} decides. */
    public static final String SYMBOL = "[\\p{Lu}\\p{Lo}\\p{Lm}\\p{Nd}._-]{1,32}";

    private static final Pattern NUMBER = Pattern.compile("^[0-9]{1,20}$");
    private static final Pattern FLAG = Pattern.compile("^(true|false)$");
    private static final Pattern ZONE = Pattern.compile("([+-]?)([0-9]{1,2})(?::([0-9]{2}))?");

    private static final int LEAST_ZONE_MINUTES = -12 * 60;
    private static final int MOST_ZONE_MINUTES = 14 * 60;
    private static final int MINUTES_OF_HOUR = 60;

    /** Times from here on, those of 16 digits, are microseconds. */
    private static final long MICROSECONDS = 1_000_000_000_000_000L;

    private static final long MICROS_OF_MILLI = Duration.ofMillis(1).toNanos() / 1_000;

    private final Map<String, String> values;
    private final Intervals intervals;
    private final TimeScale times;
    private final Caller caller;

    private Parameters(
            Map<String, String> values, Intervals intervals, TimeScale times, Caller caller) {
        this.values = values;
        this.intervals = intervals;
        this.times = times;
        this.caller = caller;
    }

    /**
     * @param sent what the client sent
     * @param known what the endpoint knows
     * @throws ApiError if there is one twice, or one that is not known
     */
    public static Parameters of(
            Map<String, List<String>> sent, Set<String> known, Intervals intervals) {
        int count = sent.values().stream().mapToInt(List::size).sum();
        if (known.isEmpty() && count > 0) {
            throw ApiError.tooManyParameters(0, count);
        }
        if (count > sent.size()) {
            throw ApiError.duplicate();
        }
        long read = sent.keySet().stream().filter(known::contains).count();
        if (read < count) {
            throw ApiError.unread((int) read, count);
        }
        Map<String, String> values = new HashMap<>();
        sent.forEach((name, value) -> values.put(name, value.get(0)));
        return new Parameters(values, intervals, TimeScale.MILLISECOND, Caller.NOBODY);
    }

    /** The same for clients that send what they like: what is not known is passed over. */
    public static Parameters tolerant(
            Map<String, List<String>> sent, Set<String> known, Intervals intervals) {
        Map<String, String> values = new HashMap<>();
        sent.forEach(
                (name, value) -> {
                    if (known.contains(name)) {
                        values.put(name, value.get(0));
                    }
                });
        return new Parameters(values, intervals, TimeScale.MILLISECOND, Caller.NOBODY);
    }

    /** The same of a client that wants times in another unit. */
    public Parameters with(TimeScale scale) {
        return new Parameters(values, intervals, scale, caller);
    }

    /** The same of a client that is counted. */
    public Parameters with(Caller who) {
        return new Parameters(values, intervals, times, who);
    }

    /** Who asks. */
    public Caller caller() {
        return caller;
    }

    /** How the client wants times. */
    public TimeScale times() {
        return times;
    }

    /** The text of an optional parameter. */
    public Optional<String> text(String name) {
        String value = values.get(name);
        if (value != null && value.isEmpty()) {
            throw ApiError.empty(name);
        }
        return Optional.ofNullable(value);
    }

    /** The text of an optional parameter; one without a value is as good as none. */
    public String textOrEmpty(String name) {
        return values.getOrDefault(name, "");
    }

    /** The text of a parameter that has to be there. */
    public String mandatory(String name) {
        return text(name).orElseThrow(() -> ApiError.mandatory(name));
    }

    /** The text of an optional parameter that has to match as a whole. */
    public Optional<String> matching(String name, Pattern pattern) {
        return text(name).map(value -> matching(name, value, pattern));
    }

    /** The parameter {@code symbol}. */
    public String symbol() {
        return symbol(mandatory("symbol"));
    }

    /** The optional parameter {@code symbol}. */
    public Optional<String> optionalSymbol() {
        return text("symbol").map(Parameters::symbol);
    }

    /** The parameter {@code interval}, as it is stored. */
    public Interval interval() {
        return intervals.find(mandatory("interval")).orElseThrow(ApiError::badInterval);
    }

    /** The optional parameter {@code interval}, as it is stored. */
    public Optional<Interval> optionalInterval() {
        return text("interval")
                .map(code -> intervals.find(code).orElseThrow(ApiError::badInterval));
    }

    /**
     * The parameter {@code interval} in the zone of the parameter {@code timeZone}; without one it
     * is as it is stored.
     */
    public Interval intervalInTimeZone() {
        Interval stored = interval();
        ZoneOffset zone = text("timeZone").map(Parameters::zone).orElse(stored.offset());
        return new Interval(stored.count(), stored.unit(), zone);
    }

    /** The optional parameter {@code timeZone}. */
    public ZoneOffset timeZone(ZoneOffset usual) {
        return text("timeZone").map(Parameters::zone).orElse(usual);
    }

    /**
     * The parameters {@code startTime} and {@code endTime}, in ms or µs, and {@code limit}.
     *
     * @param usual the limit if none is sent
     * @param most the highest; more is cut
     */
    public Range range(int usual, int most) {
        return range("startTime", "endTime", usual, most);
    }

    /** The same with other names of the times. */
    public Range range(String startName, String endName, int usual, int most) {
        return new Range(
                number(startName).map(Parameters::firstMilli).orElse(null),
                number(endName).map(Parameters::lastMilli).orElse(null),
                limit(usual, most));
    }

    /**
     * The parameter {@code limit}.
     *
     * @param usual what it is if none is sent
     * @param most the highest; more is cut
     */
    public int limit(int usual, int most) {
        long limit = number("limit").orElse((long) usual);
        if (limit == 0) {
            throw ApiError.invalid("limit");
        }
        return (int) Math.min(limit, most);
    }

    /** An optional number that is not negative. */
    public Optional<Long> number(String name) {
        return text(name)
                .map(
                        text -> {
                            try {
                                return Long.parseLong(matching(name, text, NUMBER));
                            } catch (NumberFormatException e) {
                                throw ApiError.overflow(name);
                            }
                        });
    }

    /** An optional {@code true} or {@code false}. */
    public boolean flag(String name, boolean usual) {
        return text(name)
                .map(text -> Boolean.parseBoolean(matching(name, text, FLAG)))
                .orElse(usual);
    }

    /** Nothing that is before a time in µs. */
    private static long firstMilli(long time) {
        return time < MICROSECONDS ? time : -Math.floorDiv(-time, MICROS_OF_MILLI);
    }

    /** Nothing that is behind a time in µs. */
    private static long lastMilli(long time) {
        return time < MICROSECONDS ? time : time / MICROS_OF_MILLI;
    }

    private static ZoneOffset zone(String text) {
        Matcher matcher = ZONE.matcher(text);
        if (!matcher.matches()) {
            throw ApiError.invalid("timeZone");
        }
        int minutes = matcher.group(3) == null ? 0 : Integer.parseInt(matcher.group(3));
        int total = Integer.parseInt(matcher.group(2)) * MINUTES_OF_HOUR + minutes;
        int signed = matcher.group(1).equals("-") ? -total : total;
        if (minutes >= MINUTES_OF_HOUR
                || signed < LEAST_ZONE_MINUTES
                || signed > MOST_ZONE_MINUTES) {
            throw ApiError.invalid("timeZone");
        }
        return ZoneOffset.ofTotalSeconds(signed * MINUTES_OF_HOUR);
    }

    /**
     * A text that has to be a symbol.
     *
     * @throws ApiError if it cannot be one
     */
    public static String symbol(String value) {
        if (!Symbol.isValid(value)) {
            throw ApiError.illegalCharacters("symbol", "^" + SYMBOL + "$");
        }
        return value;
    }

    private static String matching(String name, String value, Pattern pattern) {
        if (!pattern.matcher(value).matches()) {
            throw ApiError.illegalCharacters(name, pattern.pattern());
        }
        return value;
    }
}
