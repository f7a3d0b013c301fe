package io.kline.store.redis;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.BiPredicate;

/**
 * Where each channel is followed. One whose loss is being reported gets no place: whoever follows
 * it hears of the loss before the channel stands again. Not thread safe.
 *
 * @param <P> a place
 */
final class ChannelPlaces<P> {

    private final BiConsumer<P, String> unsubscribe;
    private final Map<String, P> places = new HashMap<>();

    /** Channels that their places have taken. */
    private final Set<String> standing = new HashSet<>();

    /** Channels whose loss is being reported. */
    private final Set<String> losing = new HashSet<>();

    /**
     * @param unsubscribe leaves a place that a channel has no longer
     */
    ChannelPlaces(BiConsumer<P, String> unsubscribe) {
        this.unsubscribe = unsubscribe;
    }

    /** Gives a place to a channel; returns whether it may have it, and has no other. */
    boolean put(String channel, P place) {
        return !losing.contains(channel) && places.putIfAbsent(channel, place) == null;
    }

    /** A place has taken a channel; returns whether it still is that of the channel. */
    boolean stand(String channel, P place) {
        boolean isPlace = places.get(channel) == place;
        if (isPlace) {
            standing.add(channel);
        }
        return isPlace;
    }

    /** The place that has taken a channel, or null if none has. */
    P standing(String channel) {
        return standing.contains(channel) ? places.get(channel) : null;
    }

    /** Nobody wants a channel any more. */
    void leave(String channel) {
        standing.remove(channel);
        P place = places.remove(channel);
        if (place != null) {
            unsubscribe.accept(place, channel);
        }
    }

    /** A place has a channel no longer, or never takes it; returns whether it was there. */
    boolean remove(String channel, P place) {
        return places.remove(channel, place);
    }

    /** Takes channels from their places; returns those that stood: their loss is to be reported. */
    List<String> displace(BiPredicate<String, P> condition) {
        List<String> lost = new ArrayList<>();
        places.entrySet()
                .removeIf(
                        each -> {
                            boolean isOver = condition.test(each.getKey(), each.getValue());
                            if (isOver) {
                                unsubscribe.accept(each.getValue(), each.getKey());
                                lost.addAll(lose(each.getKey()));
                            }
                            return isOver;
                        });
        return lost;
    }

    /** Returns a channel that was removed, if it stood: its loss is to be reported. */
    List<String> lose(String channel) {
        return standing.remove(channel) && losing.add(channel) ? List.of(channel) : List.of();
    }

    /** The loss of these was reported; returns whether there are any, which may have places now. */
    boolean reported(List<String> lost) {
        lost.forEach(losing::remove);
        return !lost.isEmpty();
    }
}
