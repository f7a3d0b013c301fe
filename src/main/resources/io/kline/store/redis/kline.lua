-- Writes changed candles of one symbol.
--
-- KEYS     for each interval: its latest key, its history key
-- ARGV[1]  how many klines a history keeps
-- ARGV[2]  1 if they are corrections: what is older than it seems must not become the latest, then,
--          where there is none; 2 if they are brought back from elsewhere: nothing is published, none
--          becomes the latest, and none is written where there is no latest; otherwise 0
-- ARGV[3]  1 if the server is a node of a Cluster; otherwise 0
-- ARGV[..] for each candle: the number of its interval (1 is the first two keys), its kline;
--          open times ascending within an interval
--
-- Returns for each candle the sum of
--   1  accepted, and published unless it is 8, too
--   2  there was no readable latest kline
--   4  a key holds another type; nothing was changed for this candle
--   8  the stored one has the same version; nothing was changed or published
-- Any other error is the reply of the whole call, which can be repeated: it changes nothing twice.

local ACCEPTED, MISSING, WRONG_TYPE, SAME = 1, 2, 4, 8

local limit = tonumber(ARGV[1])
local are_corrections = ARGV[2] == '1'
local are_brought_back = ARGV[2] == '2'

-- On a Cluster a message of PUBLISH goes to every node, one of SPUBLISH stays with the slot. Servers before version 7 know
-- neither the command nor the number.
local is_sharded = ARGV[3] == '1' and (redis.REDIS_VERSION_NUM or 0) >= 0x070000
local publish = is_sharded and 'SPUBLISH' or 'PUBLISH'

-- What decides, out of a kline; nil if the text is not one. Plain searches lead to the fields: one
-- pattern for the whole text takes twice as long.
local function read(text)
  local t = string.match(text, '^{"t":(%-?%d+),"T":')
  local _, before_n = string.find(text, ',"n":', 1, true)
  local _, before_lt = string.find(text, ',"lt":', before_n or 1, true)
  if not (t and before_n and before_lt) then return nil end
  local n, x = string.match(text, '^(%d+),"x":(%a+),', before_n + 1)
  local lt, li, r = string.match(text, '^(%-?%d+),"li":(%-?%d+),"r":(%d+)}$', before_lt + 1)
  if not li then
    -- A kline of the first version of Kline, which knew no revisions.
    lt, li = string.match(text, '^(%-?%d+),"li":(%-?%d+)}$', before_lt + 1)
    r = '0'
  end
  return n and li and { t = t, r = r, n = n, lt = lt, li = li, closed = x == 'true' }
end

-- Orders integers given as text: ids have up to 19 digits, a Lua number is exact up to 15.
local function less(a, b)
  local negative = string.sub(a, 1, 1) == '-'
  if negative ~= (string.sub(b, 1, 1) == '-') then return negative end
  if negative then a, b = b, a end
  if #a ~= #b then return #a < #b end
  return a < b
end

local function lower(a, b)
  if a.r ~= b.r then return less(a.r, b.r) end
  if a.n ~= b.n then return less(a.n, b.n) end
  if a.lt ~= b.lt then return less(a.lt, b.lt) end
  if a.li ~= b.li then return less(a.li, b.li) end
  return b.closed and not a.closed
end

local function same(a, b)
  return a.r == b.r and a.n == b.n and a.lt == b.lt and a.li == b.li and a.closed == b.closed
end

-- Puts a kline into the history unless it is older than what is there.
local function keep(history, candle, text)
  local members = redis.call('ZRANGEBYSCORE', history, candle.t, candle.t)
  for _, member in ipairs(members) do
    local stored = read(member)
    if stored and stored.t == candle.t then
      if lower(candle, stored) then return 0 end
      if #members == 1 and same(candle, stored) then return ACCEPTED + SAME end
    end
  end
  local full = redis.call('ZCARD', history) >= limit
  if #members > 0 then
    redis.call('ZREMRANGEBYSCORE', history, candle.t, candle.t)
  elseif full then
    local lowest = redis.call('ZRANGE', history, 0, 0, 'WITHSCORES')
    if tonumber(candle.t) < tonumber(lowest[2]) then return 0 end
  end
  redis.call('ZADD', history, candle.t, text)
  if full then redis.call('ZREMRANGEBYRANK', history, 0, -limit - 1) end
  return ACCEPTED
end

local function write(latest, history, text)
  local candle = read(text)
  local current = redis.call('GET', latest)
  local stored = current and read(current)
  if not stored then
    if are_brought_back then return MISSING end
    -- Where only the latest is gone, an older candle must not become the latest.
    local last = redis.call('ZRANGE', history, -1, -1, 'WITHSCORES')
    if are_corrections or last[2] and tonumber(candle.t) < tonumber(last[2]) then
      return MISSING + keep(history, candle, text)
    end
    redis.call('SET', latest, text)
    return MISSING + ACCEPTED
  end
  if candle.t == stored.t then
    if lower(candle, stored) then return 0 end
    if same(candle, stored) then return ACCEPTED + SAME end
  elseif less(candle.t, stored.t) then
    return keep(history, candle, text)
  elseif are_brought_back then
    return 0
  else
    keep(history, stored, current)
  end
  redis.call('SET', latest, text)
  return ACCEPTED
end

local results = {}
for i = 4, #ARGV, 2 do
  local latest, history = KEYS[2 * ARGV[i] - 1], KEYS[2 * ARGV[i]]
  local ok, result = pcall(write, latest, history, ARGV[i + 1])
  if not ok then
    -- A string up to Redis 6.2, behind the script's line; a table from 7 on.
    local message = type(result) == 'table' and result.err or tostring(result)
    message = string.gsub(message, '^@user_script: ?%d+: ', '')
    message = string.gsub(message, '^%-', '')
    if string.sub(message, 1, 9) ~= 'WRONGTYPE' then return redis.error_reply(message) end
    result = WRONG_TYPE
  elseif result % 2 == ACCEPTED and result < SAME and not are_brought_back then
    redis.call(publish, latest, ARGV[i + 1])
  end
  results[#results + 1] = result
end
return results
