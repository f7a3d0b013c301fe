/* Times as people read them. Candles of less than a day can be read in the reader's own zone; a day is that of the server's zone. */

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const UNITS = { m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 };

const two = (number) => String(number).padStart(2, '0');

/** Length of an interval in ms; of a month, about. */
export function lengthOf(interval) {
    const unit = interval.at(-1);
    return parseInt(interval, 10) * (unit === 'M' ? 30 * UNITS.d : UNITS[unit]);
}

export function isIntraday(interval) {
    return lengthOf(interval) < UNITS.d;
}

/** The server's time, ms, by this machine's clock: that may be wrong. */
export class ServerClock {
    #ahead = 0;
    #setAt = -Infinity;

    /** @param ahead how far the server is ahead, ms */
    set(ahead) {
        this.#ahead = ahead;
        this.#setAt = performance.now();
    }

    /** The server has sent something at a time, by its clock. Of a minute the message counts that took the least time. */
    heard(time) {
        const ahead = time - Date.now();
        if (ahead > this.#ahead || performance.now() - this.#setAt > UNITS.m) {
            this.set(ahead);
        }
    }

    now() {
        return Date.now() + this.#ahead;
    }
}

/** A zone that shows times: with an offset in ms a fixed one, without it the reader's own. */
export class Zone {
    #format = null;
    #offsets = new Map();

    constructor(offset) {
        this.offset = offset;
    }

    /** From the text of an offset, such as Z or +05:30. */
    static fixed(text) {
        const parts = /^([+-])(\d\d):?(\d\d)/.exec(text);
        return new Zone(parts ? (parts[1] + 1) * (parts[2] * UNITS.h + parts[3] * UNITS.m) : 0);
    }

    static local() {
        return new Zone(undefined);
    }

    /** From the name of a place, such as America/New_York. */
    static named(name) {
        const zone = new Zone(undefined);
        zone.#format = new Intl.DateTimeFormat('en', { timeZone: name, timeZoneName: 'longOffset' });
        return zone;
    }

    /** How far its clocks are ahead of UTC at a time, ms. They change on the half hour at most. */
    offsetAt(time) {
        if (this.offset !== undefined) {
            return this.offset;
        }
        if (!this.#format) {
            return -new Date(time).getTimezoneOffset() * UNITS.m;
        }
        const half = Math.floor(time / (30 * UNITS.m));
        if (!this.#offsets.has(half)) {
            const name = this.#format.formatToParts(time).find(({ type }) => type === 'timeZoneName').value;
            this.#offsets.set(half, Zone.fixed(name.replace('GMT', '')).offset);
        }
        return this.#offsets.get(half);
    }

    /** The parts of a time. */
    at(time) {
        const date = new Date(time + this.offsetAt(time));
        return {
            year: date.getUTCFullYear(),
            month: date.getUTCMonth(),
            day: date.getUTCDate(),
            weekday: date.getUTCDay(),
            hour: date.getUTCHours(),
            minute: date.getUTCMinutes(),
        };
    }

    /** UTC, or UTC+2, or UTC+05:30. */
    name(time) {
        const minutes = this.offsetAt(time) / UNITS.m;
        if (minutes === 0) {
            return 'UTC';
        }
        const rest = Math.abs(minutes) % 60;
        const hours = Math.floor(Math.abs(minutes) / 60);
        return `UTC${minutes < 0 ? '−' : '+'}${hours}${rest ? ':' + two(rest) : ''}`;
    }

    /** The whole time: Tue 25 Nov 2026, 22:05 */
    full(time, withClock) {
        const at = this.at(time);
        const day = `${DAYS[at.weekday]} ${at.day} ${MONTHS[at.month]} ${at.year}`;
        return withClock ? `${day}, ${two(at.hour)}:${two(at.minute)}` : day;
    }

    /** How much an axis wants to show a time when the one before it is known: the largest part that is new. */
    rank(before, time) {
        const at = this.at(time);
        const last = this.at(before);
        if (at.year !== last.year) {
            return 12;
        }
        if (at.month !== last.month) {
            return at.month % 3 === 0 ? 11 : 10;
        }
        if (at.day !== last.day) {
            return [8, 15, 22].includes(at.day) ? 9 : 8;
        }
        const minutes = at.hour * 60 + at.minute;
        return Math.min([5, 10, 15, 30, 60, 180, 360, 720].filter((step) => minutes % step === 0).length, 7);
    }

    /** What an axis shows at a time of a rank. */
    label(time, rank) {
        const at = this.at(time);
        if (rank >= 12) {
            return String(at.year);
        }
        if (rank >= 10) {
            return MONTHS[at.month];
        }
        return rank >= 8 ? `${at.day} ${MONTHS[at.month]}` : `${two(at.hour)}:${two(at.minute)}`;
    }
}

/** A span as a count-down: 42, 03:42, 2:03:42 or 3d 2h */
export function countdown(ms) {
    const seconds = Math.max(0, Math.floor(ms / 1000));
    const minutes = Math.floor(seconds / 60);
    const hours = Math.floor(minutes / 60);
    if (hours >= 24) {
        return `${Math.floor(hours / 24)}d ${hours % 24}h`;
    }
    const clock = `${two(minutes % 60)}:${two(seconds % 60)}`;
    return hours > 0 ? `${hours}:${clock}` : clock;
}
