-- Brings the tables of the first version to the layout of schema.sql, in place: rows stay as they are.
-- MySQL 8 or 9, MariaDB 10.11 or newer. Running it again changes nothing. Run it in the database of
-- mysql.url while the history job is stopped: each table is rebuilt once and locked meanwhile.

-- MySQL has no ADD COLUMN IF NOT EXISTS, so the statements are put together from what is missing.

SET @changes = (
  SELECT CONCAT_WS(', ',
    IF(SUM(column_name = 'symbol' AND collation_name = 'utf8mb4_bin') = 0,
      'MODIFY COLUMN symbol VARCHAR(32) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL', NULL),
    IF(SUM(column_name = 'first_trade_time') = 0,
      'ADD COLUMN first_trade_time BIGINT NOT NULL DEFAULT -1 AFTER last_trade_id', NULL),
    IF(SUM(column_name = 'revision') = 0,
      'ADD COLUMN revision BIGINT NOT NULL DEFAULT 0
        COMMENT ''version, before its other parts: how often the candle was rebuilt with fewer trades''
        AFTER closed', NULL))
  FROM information_schema.columns
  WHERE table_schema = DATABASE() AND table_name = 'kline');
SET @change = IF(@changes = '', 'DO 0', CONCAT('ALTER TABLE kline ', @changes));
PREPARE migration FROM @change;
EXECUTE migration;
DEALLOCATE PREPARE migration;

SET @changes = (
  SELECT CONCAT_WS(', ',
    IF(SUM(column_name = 'symbol' AND collation_name = 'utf8mb4_bin') = 0,
      'MODIFY COLUMN symbol VARCHAR(32) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL', NULL),
    IF(SUM(column_name = 'executions') = 0,
      'ADD COLUMN executions BIGINT NOT NULL DEFAULT 1
        COMMENT ''how many the trade stands for'' AFTER is_buyer_maker', NULL))
  FROM information_schema.columns
  WHERE table_schema = DATABASE() AND table_name = 'kline_correction');
SET @change = IF(@changes = '', 'DO 0', CONCAT('ALTER TABLE kline_correction ', @changes));
PREPARE migration FROM @change;
EXECUTE migration;
DEALLOCATE PREPARE migration;
