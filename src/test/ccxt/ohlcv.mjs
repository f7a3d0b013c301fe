// Asks a server as any program built on ccxt would, and prints what ccxt makes of the answers.
// Argument: the server's port.

import ccxt from 'ccxt';

const port = process.argv[2];
const SYMBOL = 'BTC/USDT';

const exchange = new ccxt.pro.binance({
  enableRateLimit: false,
  options: { defaultType: 'spot', fetchMarkets: { types: ['spot'] } },
});
// Nothing may leave this machine.
redirect(exchange.urls.api, 'http://127.0.0.1:1', 'ws://127.0.0.1:1');
exchange.urls.api.public = `http://127.0.0.1:${port}/api/v3`;
exchange.urls.api.ws.spot = `ws://127.0.0.1:${port}/ws`;
// ccxt wants this before it opens an address without TLS.
await exchange.loadHttpProxyAgent();

function redirect(urls, http, ws) {
  for (const [name, url] of Object.entries(urls)) {
    if (typeof url === 'string') {
      urls[name] = url.startsWith('ws') ? ws : http;
    } else {
      redirect(url, http, ws);
    }
  }
}

async function errorOf(call) {
  try {
    await call();
    return 'none';
  } catch (error) {
    return error.constructor.name;
  }
}

const { first, last, until } = JSON.parse(process.argv[3]);
const markets = await exchange.loadMarkets();
const ohlcv = (timeframe, since, limit, params) =>
  exchange.fetchOHLCV(SYMBOL, timeframe, since, limit, params);

const result = {
  markets: Object.keys(markets),
  base: markets[SYMBOL].base,
  quote: markets[SYMBOL].quote,
  time: await exchange.fetchTime(),
  newest1m: await ohlcv('1m'),
  most1m: await ohlcv('1m', undefined, 1000),
  since1m: await ohlcv('1m', first, 700),
  until1m: await ohlcv('1m', undefined, 300, { until }),
  between1m: await ohlcv('1m', first, undefined, { until: first + 90 * 60_000 }),
  since1h: await ohlcv('1h', first, 30),
  newest1h: await ohlcv('1h', undefined, 5),
  all1d: await ohlcv('1d'),
  after: await ohlcv('1m', last + 60_000, 10),
  errors: {
    unknownMarket: await errorOf(() => exchange.fetchOHLCV('NOPE/USDT', '1m')),
    unknownSymbol: await errorOf(() => exchange.publicGetKlines({ symbol: 'NOPEUSDT', interval: '1m' })),
    interval: await errorOf(() => exchange.publicGetKlines({ symbol: 'BTCUSDT', interval: '7m' })),
    illegal: await errorOf(() => exchange.publicGetKlines({ symbol: 'BTC USDT', interval: '1m' })),
    missing: await errorOf(() => exchange.publicGetKlines({ symbol: 'BTCUSDT' })),
  },
};
// A stream begins with the candle as it is stored; the next one comes from the channel.
const stored = result.most1m.at(-1);
do {
  result.watched = await exchange.watchOHLCV(SYMBOL, '1m');
} while (result.watched.at(-1)[5] === stored[5]);
await exchange.close();
console.log(JSON.stringify(result));
