# The users of docker-compose.yml, with the rights that docs/operations.md names. The image of MySQL reads this file
# once, behind schema.sql, when it has made the database.
docker_process_sql --database=kline <<SQL
CREATE USER 'kline'@'%' IDENTIFIED BY '$KLINE_MYSQL_PASSWORD';
GRANT SELECT, INSERT, UPDATE ON kline.kline TO 'kline'@'%';
GRANT SELECT, INSERT ON kline.kline_correction TO 'kline'@'%';
GRANT INSERT ON kline.kline_restated TO 'kline'@'%';
CREATE USER 'reader'@'%' IDENTIFIED BY '$KLINE_READER_PASSWORD';
GRANT SELECT ON kline.kline TO 'reader'@'%';
GRANT SELECT ON kline.kline_correction TO 'reader'@'%';
GRANT SELECT ON kline.kline_restated TO 'reader'@'%';
SQL
