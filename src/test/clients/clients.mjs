// Asks a server with the libraries that programs are built on, unchanged but for the address, and prints what they make
// of the answers. Arguments: the server's port, and which library.

import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const port = process.argv[2];
const HTTP = `http://127.0.0.1:${port}`;
const WS = `ws://127.0.0.1:${port}`;
const SYMBOL = 'BTCUSDT';

/** What a callback is called with for the first time. */
function first(start) {
  return new Promise((resolve, reject) => {
    setTimeout(() => reject(new Error(`nothing came: ${start}`)), 30_000).unref();
    start(resolve);
  });
}

async function official() {
  const { Spot } = require('@binance/spot');
  const client = new Spot({
    configurationRestAPI: { basePath: HTTP },
    configurationWebsocketAPI: { wsURL: `${WS}/ws-api/v3` },
    configurationWebsocketStreams: { wsURL: WS },
  });
  const data = async (response) => (await response).data();
  const rest = client.restAPI;
  const answers = {
    time: await data(rest.time()),
    exchangeInfo: await data(rest.exchangeInfo({ symbol: SYMBOL })),
    klines: await data(rest.klines({ symbol: SYMBOL, interval: '1m', limit: 3 })),
    ticker24hr: await data(rest.ticker24hr({ symbol: SYMBOL })),
    ticker: await data(rest.ticker({ symbols: [SYMBOL], windowSize: '3h' })),
    tradingDay: await data(rest.tickerTradingDay({ symbol: SYMBOL })),
    prices: await data(rest.tickerPrice()),
    avgPrice: await data(rest.avgPrice({ symbol: SYMBOL })),
  };
  const requests = await client.websocketAPI.connect();
  const answer = async (response) => (await response).data;
  answers.wsTime = await answer(requests.time());
  answers.wsKlines = await answer(requests.klines({ symbol: SYMBOL, interval: '1m', limit: 3 }));
  answers.wsTicker24hr = await answer(requests.ticker24hr({ symbol: SYMBOL }));
  answers.wsPrices = await answer(requests.tickerPrice({ symbols: [SYMBOL, 'ETHUSDT'] }));
  answers.wsError = await requests.avgPrice({ symbol: 'NOPE' }).then(
    () => 'none',
    (error) => error.code ?? error.error?.code ?? String(error),
  );
  await requests.disconnect();
  const streams = await client.websocketStreams.connect();
  answers.mini = await first((done) =>
    streams.miniTicker({ symbol: SYMBOL }).on('message', done));
  answers.kline = await first((done) =>
    streams.kline({ symbol: SYMBOL, interval: '1m' }).on('message', done));
  await streams.disconnect();
  return answers;
}

async function olderOfficial() {
  const { Spot, WebsocketAPI, WebsocketStream } = require('@binance/connector');
  const client = new Spot('', '', { baseURL: HTTP });
  const data = async (response) => (await response).data;
  const answers = {
    ticker24hr: await data(client.ticker24hr(SYMBOL)),
    prices: await data(client.tickerPrice('', [SYMBOL, 'ETHUSDT'])),
    avgPrice: await data(client.avgPrice(SYMBOL)),
    klines: await data(client.klines(SYMBOL, '1m', { limit: 3 })),
  };
  answers.wsTicker24hr = await first((done) => {
    const api = new WebsocketAPI('', '', {
      wsURL: `${WS}/ws-api/v3`,
      callbacks: {
        open: (socket) => socket.ticker24hr({ symbol: SYMBOL }),
        message: (text) => {
          api.disconnect();
          done(JSON.parse(text).result);
        },
      },
    });
  });
  answers.mini = await first((done) => {
    const stream = new WebsocketStream({
      wsURL: WS,
      callbacks: {
        message: (text) => {
          stream.disconnect();
          done(JSON.parse(text));
        },
      },
    });
    stream.miniTicker(SYMBOL);
  });
  return answers;
}

async function binanceApiNode() {
  const Binance = require('binance-api-node').default;
  const client = Binance({ httpBase: HTTP, wsBase: `${WS}/ws` });
  const answers = {
    dailyStats: await client.dailyStats({ symbol: SYMBOL }),
    prices: await client.prices(),
    avgPrice: await client.avgPrice({ symbol: SYMBOL }),
    candles: await client.candles({ symbol: SYMBOL, interval: '1m', limit: 3 }),
    exchangeInfo: await client.exchangeInfo(),
  };
  let close;
  answers.mini = await first((done) => {
    close = client.ws.miniTicker(SYMBOL, done);
  });
  close();
  answers.allMini = await first((done) => {
    close = client.ws.allMiniTickers(done);
  });
  close();
  answers.ticker = await first((done) => {
    close = client.ws.ticker(SYMBOL, done);
  });
  close();
  return answers;
}

async function nodeBinanceApi() {
  const Binance = require('node-binance-api');
  const client = new (Binance.default ?? Binance)({
    reconnect: false,
    urls: { base: `${HTTP}/api/`, stream: `${WS}/ws/`, combineStream: `${WS}/stream?streams=` },
  });
  const answers = {
    prices: await client.prices(),
    prevDay: await client.prevDay(SYMBOL),
    avgPrice: await client.avgPrice(SYMBOL),
    candles: await client.candles(SYMBOL, '1m', { limit: 3 }),
    exchangeInfo: await client.exchangeInfo(),
  };
  answers.mini = await first((done) => client.websockets.miniTicker(done));
  answers.prevDayStream = await first((done) =>
    client.websockets.prevDay(SYMBOL, (error, data) => done(data)));
  return answers;
}

async function ccxtPro() {
  const ccxt = require('ccxt');
  const exchange = new ccxt.pro.binance({
    enableRateLimit: false,
    options: { defaultType: 'spot', fetchMarkets: { types: ['spot'] } },
  });
  // Nothing may leave this machine.
  redirect(exchange.urls.api, 'http://127.0.0.1:1', 'ws://127.0.0.1:1');
  exchange.urls.api.public = `${HTTP}/api/v3`;
  exchange.urls.api.ws.spot = `${WS}/ws`;
  exchange.urls.api.ws['ws-api'] = { spot: `${WS}/ws-api/v3` };
  await exchange.loadHttpProxyAgent();
  await exchange.loadMarkets();
  const answers = {
    price: exchange.priceToPrecision('BTC/USDT', 12345.678912345),
    amount: exchange.amountToPrecision('BTC/USDT', 0.123456789),
    limits: exchange.market('BTC/USDT').limits,
    ticker: await exchange.fetchTicker('BTC/USDT'),
    tickers: await exchange.fetchTickers(),
    twoTickers: await exchange.fetchTickers(['BTC/USDT', 'ETH/USDT']),
    lastPrices: await exchange.fetchLastPrices(),
    watched: await exchange.watchTicker('BTC/USDT'),
    watchedSome: await exchange.watchTickers(['ETH/USDT']),
    watchedAll: await exchange.watchTickers(),
    ohlcvOverWs: await exchange.fetchOHLCVWs('BTC/USDT', '1m', undefined, 3),
  };
  await exchange.close();
  return answers;
}

function redirect(urls, http, ws) {
  for (const [name, url] of Object.entries(urls)) {
    if (typeof url === 'string') {
      urls[name] = url.startsWith('ws') ? ws : http;
    } else {
      redirect(url, http, ws);
    }
  }
}

const clients = { official, olderOfficial, binanceApiNode, nodeBinanceApi, ccxtPro };
const name = process.argv[3];
const answers = await clients[name]();
process.stdout.write('\n' + JSON.stringify(answers, (key, value) => (typeof value === 'bigint' ? Number(value) : value)));
// Some libraries go on for ever. The last line is the result: some write a log before it.
process.stdout.write('\n', () => process.exit(0));
