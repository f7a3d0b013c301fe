-- The tables of Kline. MySQL 8 or 9, MariaDB 10.11 or newer. Running it again changes nothing.

CREATE TABLE IF NOT EXISTS kline (
  symbol                 VARCHAR(32)    CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL COMMENT 'letters and digits of any script',
  interval_code          VARCHAR(8)     CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT '1m, 4h, 1M: case matters',
  open_time              BIGINT         NOT NULL COMMENT 'ms since the epoch, first that belongs to the candle',
  close_time             BIGINT         NOT NULL COMMENT 'ms since the epoch, last that belongs to the candle',
  open                   DECIMAL(38,18) NOT NULL,
  high                   DECIMAL(38,18) NOT NULL,
  low                    DECIMAL(38,18) NOT NULL,
  close                  DECIMAL(38,18) NOT NULL,
  volume                 DECIMAL(38,18) NOT NULL COMMENT 'base asset',
  quote_volume           DECIMAL(38,18) NOT NULL COMMENT 'quote asset',
  taker_buy_volume       DECIMAL(38,18) NOT NULL,
  taker_buy_quote_volume DECIMAL(38,18) NOT NULL,
  trade_count            BIGINT         NOT NULL COMMENT 'version, 2nd part; 0: no trade, prices carried',
  first_trade_id         BIGINT         NOT NULL COMMENT '-1 without trades',
  last_trade_id          BIGINT         NOT NULL COMMENT '-1 without trades',
  first_trade_time       BIGINT         NOT NULL DEFAULT -1 COMMENT 'ms; -1 without trades, or not known',
  last_trade_time        BIGINT         NOT NULL COMMENT 'version, 3rd part: ms of the last trade at or before the end',
  version_trade_id       BIGINT         NOT NULL COMMENT 'version, 4th part: id of that trade',
  closed                 BOOLEAN        NOT NULL COMMENT 'version, 5th part',
  revision               BIGINT         NOT NULL DEFAULT 0 COMMENT 'version, 1st part: how often the candle was rebuilt with fewer trades',
  updated_at             TIMESTAMP(3)   NOT NULL DEFAULT CURRENT_TIMESTAMP(3) ON UPDATE CURRENT_TIMESTAMP(3),
  PRIMARY KEY (symbol, interval_code, open_time)
);

CREATE TABLE IF NOT EXISTS kline_correction (
  symbol         VARCHAR(32)    CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  interval_code  VARCHAR(8)     CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  open_time      BIGINT         NOT NULL COMMENT 'of the corrected candle',
  trade_id       BIGINT         NOT NULL,
  price          DECIMAL(38,18) NOT NULL,
  quantity       DECIMAL(38,18) NOT NULL,
  trade_time     BIGINT         NOT NULL COMMENT 'ms since the epoch',
  is_buyer_maker BOOLEAN        NOT NULL,
  executions     BIGINT         NOT NULL DEFAULT 1 COMMENT 'how many the trade stands for',
  applied_at     TIMESTAMP(3)   NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
  PRIMARY KEY (symbol, interval_code, open_time, trade_id)
);

CREATE TABLE IF NOT EXISTS kline_restated (
  id            BIGINT       NOT NULL AUTO_INCREMENT PRIMARY KEY,
  symbol        VARCHAR(32)  CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  interval_code VARCHAR(8)   CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  open_time     BIGINT       NOT NULL COMMENT 'of the closed candle that was changed',
  reason        VARCHAR(16)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'late_trade, carried, rebuilt',
  before_kline  TEXT         CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL COMMENT 'as in Redis; NULL: it was not there',
  after_kline   TEXT         CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL COMMENT 'as in Redis; NULL: it was removed',
  restated_at   TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
  KEY kline_restated_since (restated_at, id),
  KEY kline_restated_interval_since (interval_code, restated_at, id),
  KEY kline_restated_symbol_since (symbol, restated_at, id)
);
