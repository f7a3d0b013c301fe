import { hashOf, read } from './address.js';
import * as api from './api.js';
import './chart.js';
import { Comparison } from './comparison.js';
import { ServerClock, isIntraday } from './clock.js';
import { exact } from './decimals.js';
import { element, inNextFrame } from './dom.js';
import { Feed } from './feed.js';
import { Goal } from './goal.js';
import { Headline } from './headline.js';
import { Legend } from './legend.js';
import { Live } from './live.js';
import { Markets } from './markets.js';
import { Search } from './search.js';
import { PageState } from './state.js';
import { Status } from './status.js';
import { known } from './studies.js';
import { Toolbar } from './toolbar.js';

/** Candles that are left again within this time are not read, ms. */
const HASTE = 300;

/** How often it is asked whether the figures of the list can be old, ms. */
const PERIOD = 10_000;

const $ = (id) => document.getElementById(id);
const chart = $('chart');

/** What is shown: the hash is the one place that says so. */
let shown = { symbol: null, interval: null, studies: [], compared: null };
let feed = null;
let comparison = null;
let openedAt = 0;

const state = new PageState();
const live = new Live(new URL('ws', location.href.replace(/^http/, 'ws')), api.patience);
const status = new Status(state, live, api.patience);
const clock = new ServerClock();
chart.now = () => clock.now();
live.addEventListener('time', ({ detail }) => clock.heard(detail));
live.addEventListener('open', () => api.clockAhead().then((ahead) => clock.set(ahead), () => {}));
live.retry();

const settings = await api.config().catch((error) => {
    status.empty(`This page cannot begin: ${error.message}`);
    throw error;
});
const headline = new Headline();
const goal = new Goal(chart, settings.intervals);
const toolbar = new Toolbar(chart, settings.zoneOffset);
const markets = new Markets($('markets'), live, settings, (symbol) => hashOf(symbol, shown.interval ?? firstInterval(), shown.studies));
const legend = new Legend(chart, () => ({ last: feed?.series.last, market: market(), zone: zone() }));
let choose = null;
const search = new Search($('search'), markets, (symbol) => choose(symbol));

$('intervals').append(...settings.intervals.map((interval) => element('a', {}, interval)));
markets.addEventListener('day', () => {
    showDay();
    // With a chart open it is the chart's candles that count; figures make no symbol of what is none.
    if (!feed && state.name !== 'notfound') {
        state.loaded();
    }
});
markets.addEventListener('names', () => {
    headline.name(market());
    chart.tick = market().tick;
    feed && chart.replace(feed.series);
});
for (const type of ['names', 'markets']) {
    markets.addEventListener(type, () => search.refresh());
}
markets.addEventListener('markets', () => (state.name === 'notfound' && markets.of(shown.symbol) ? open() : route()));
addEventListener('hashchange', route);
addEventListener('keydown', pressed);
$('symbol').addEventListener('click', find);
$('newest').addEventListener('click', () => {
    goal.clear();
    chart.showNewest();
});
for (const type of ['wheel', 'pointerdown', 'keydown']) {
    // A reader that moves the view wants it nowhere else.
    chart.addEventListener(type, () => goal.clear(), { capture: true, passive: true });
}
chart.addEventListener('needolder', () => feed?.loadOlder());
chart.addEventListener('follow', () => ($('newest').hidden = chart.follows || !feed?.series.length));
toolbar.addEventListener('zone', () => {
    chart.zone = zone();
    feed && fillDay(feed);
    legend.show();
});
toolbar.addEventListener('studies', ({ detail: { id, isOn } }) => go({ studies: isOn ? [...shown.studies, id] : shown.studies.filter((one) => one !== id) }));
toolbar.addEventListener('compare', () => {
    if (shown.compared) {
        go({ compared: null });
    } else if (shown.symbol) {
        search.open();
        choose = (symbol) => go({ compared: symbol });
    }
});
toolbar.addEventListener('range', ({ detail: { duration, length } }) => shown.symbol && aim(goal.range(shown.symbol, duration, length, clock.now())));
toolbar.addEventListener('date', ({ detail }) => shown.symbol && aim(goal.date(shown.symbol, shown.interval, detail - zone().offsetAt(detail), newestTime())));
route();
checkList();
setInterval(checkList, PERIOD);
await markets.start();

/** Shows what the hash says; without one the most active symbol. */
function route() {
    if (location.hash === '#markets') {
        document.body.dataset.view = 'markets';
        headline.title();
        $('markets-link').setAttribute('aria-current', 'page');
        legend.forget();
        if (state.name === 'notfound') {
            leave();
            state.opened();
            state.loaded();
            checkList();
        }
        return;
    }
    const named = read(location.hash);
    if (named.name && !named.symbol) {
        document.body.dataset.view = 'chart';
        $('markets-link').removeAttribute('aria-current');
        leave();
        state.unknown();
        status.empty(`There is no symbol ${named.name.replaceAll(/\p{C}/gu, '')}.`);
        return;
    }
    const target = {
        symbol: named.symbol ?? markets.first,
        interval: settings.intervals.includes(named.interval) ? named.interval : (shown.interval ?? firstInterval()),
        studies: known(named.studies),
        compared: named.compared,
    };
    if (target.compared === target.symbol) {
        target.compared = null;
    }
    document.body.dataset.view = 'chart';
    headline.title();
    $('markets-link').removeAttribute('aria-current');
    if (!target.symbol) {
        status.empty(markets.isRead ? 'No candles yet. They appear with the first trade.' : 'Loading…');
        return;
    }
    const hash = hashOf(target.symbol, target.interval, target.studies, target.compared);
    if (location.hash !== hash) {
        history.replaceState(null, '', hash);
    }
    if (target.symbol !== shown.symbol) {
        goal.clear();
    }
    const isOther = target.symbol !== shown.symbol || target.interval !== shown.interval;
    const before = shown;
    shown = target;
    if (isOther) {
        open();
    }
    if (isOther || before.compared !== target.compared) {
        compare();
    }
    if (before.studies.join() !== target.studies.join()) {
        chart.studies = target.studies;
        if (feed) {
            fillDay(feed);
            legend.show();
        }
    }
    toolbar.show(shown.studies, shown.compared, isIntraday(shown.interval));
    showLinks();
}

function go(change) {
    const { symbol, interval, studies, compared } = { ...shown, ...change };
    // Without a symbol there is no address that could say what else is chosen.
    if (symbol) {
        location.hash = hashOf(symbol, interval, studies, compared);
    }
}

function find() {
    search.open();
    choose = (symbol) => go({ symbol });
}

function firstInterval() {
    return settings.intervals.includes('1m') ? '1m' : settings.intervals[0];
}

/** While Redis is away the sockets stay open and silent. Candles find that out by what is read again, the list alone asks. */
async function checkList() {
    if (feed || document.hidden || api.patience.trouble) {
        return;
    }
    const isLive = await api.isLive();
    if (!feed && isLive !== undefined) {
        state.doubted('list', isLive ? null : 'redis');
    }
}

/** Shows candles up to a goal. */
function aim(interval) {
    interval === shown.interval ? goal.reach(feed) : go({ interval });
}

/** No candles are shown any more. */
function leave() {
    feed?.stop();
    feed = null;
    comparison?.stop();
    comparison = null;
    goal.clear();
    shown = { ...shown, symbol: null, compared: null };
    forget();
    headline.name({});
    headline.day({}, markets.span);
    markets.choose(null);
}

/** Nothing is said of candles that are not shown any more. */
function forget() {
    legend.forget();
    chart.clear();
    state.doubted('candles', null);
    status.note('candles', null);
    status.note('compared', null);
    headline.clear(shown.symbol);
    $('newest').hidden = true;
}

/** Leaves the candles of before at once, and asks for others. */
function open() {
    feed?.stop();
    feed = null;
    chart.tick = market().tick;
    forget();
    state.doubted('list', null);
    state.opened();
    status.empty(`Loading ${shown.symbol} ${shown.interval} …`);
    feed = new Feed(live, shown.symbol, shown.interval);
    const own = feed;
    let isNew = true;
    /** Draws all candles again. */
    const draw = () => {
        // Before: it decides which values of indicators there are.
        chart.isWhole = own.isComplete;
        if (isNew) {
            chart.show(own.series, shown.interval, zone());
            isNew = false;
        } else {
            chart.replace(own.series);
        }
        chart.marks = own.marks;
        showLast();
    };
    const drawSoon = inNextFrame(() => feed === own && draw());
    own.addEventListener('load', () => {
        state.loaded();
        status.empty(own.series.length > 0 ? null : `No candles of ${shown.symbol} at ${shown.interval} yet.`);
        draw();
        $('date').min = dayOf(goal.first(newestTime()));
        $('date').max = dayOf(newestTime());
        grown(own);
    });
    own.addEventListener('older', () => {
        draw();
        grown(own);
    });
    own.addEventListener('change', drawSoon);
    own.addEventListener('kline', () => {
        chart.updated() || drawSoon();
        // In a window that is not seen there are no frames, but a title.
        showLast();
    });
    own.addEventListener('unknown', () => {
        state.unknown();
        status.empty(`There is no symbol ${shown.symbol}. It appears with its first trade.`);
    });
    own.addEventListener('failed', () => {
        if (isNew) {
            state.unknown();
            status.empty(`${shown.symbol} ${shown.interval} cannot be shown.`);
        }
    });
    own.addEventListener('trouble', ({ detail }) => status.note('candles', detail));
    own.addEventListener('doubt', ({ detail }) => state.doubted('candles', detail));
    own.start(haste());
    openedAt = Date.now();
    headline.name(market());
    showDay();
    legend.show();
}

/** How long candles wait that may be left again at once, ms. */
function haste() {
    return Date.now() - openedAt < HASTE ? HASTE : 0;
}

/** Candles came in front. */
function grown(own) {
    $('newest').hidden = chart.follows || own.series.length === 0;
    comparison?.reachBack(own.series.first?.t ?? Infinity);
    fillDay(own);
    goal.reach(own);
}

function compare() {
    comparison?.stop();
    comparison = null;
    status.note('compared', null);
    if (shown.compared) {
        comparison = new Comparison(live, shown.compared, shown.interval, chart, haste());
        comparison.addEventListener('note', ({ detail }) => status.note('compared', detail));
        comparison.reachBack(feed?.series.first?.t ?? Infinity);
    }
}

/** VWAP needs all candles of the day. */
function fillDay(own) {
    const { first, last } = own.series;
    const day = (time) => new Date(time + zone().offsetAt(time)).getUTCDate();
    if (shown.studies.includes('vwap') && isIntraday(shown.interval) && first && day(first.t) === day(last.t)) {
        own.loadOlder();
    }
}

function newestTime() {
    return feed?.series.last?.t ?? clock.now();
}

/** A time as the day of the date field. */
function dayOf(time) {
    return new Date(time + zone().offsetAt(time)).toISOString().slice(0, 10);
}

function market() {
    return markets.of(shown.symbol) ?? { symbol: shown.symbol, base: shown.symbol, quote: '', tick: '1' };
}

function showLinks() {
    markets.choose(shown.symbol);
    for (const link of $('intervals').children) {
        link.href = hashOf(shown.symbol, link.textContent, shown.studies, shown.compared);
        link.textContent === shown.interval ? link.setAttribute('aria-current', 'true') : link.removeAttribute('aria-current');
    }
}

/** The one last price: the headline's, the list's and the chart's. */
function showLast() {
    const { last } = feed.series;
    if (!last) {
        return;
    }
    headline.price(shown.symbol, last.c, exact(last.c, chart.scale));
    markets.price(shown.symbol, last.c, chart.scale);
    legend.show();
}

function showDay() {
    headline.day(market(), markets.span);
}

function zone() {
    return toolbar.zone(isIntraday(shown.interval ?? firstInterval()));
}

function pressed(event) {
    const isTyping = event.target.closest?.('input, select, dialog');
    if (!isTyping && (event.key === '/' || (event.key === 'k' && (event.ctrlKey || event.metaKey)))) {
        event.preventDefault();
        find();
    }
}
