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
--
-- A command costs more than all else here. So the latest klines of all intervals are read by one and
-- written by one, and what decides nearly always is looked at first.

local ACCEPTED, MISSING, WRONG_TYPE, SAME = 1, 2, 4, 8

local call, find, match, sub = redis.call, string.find, string.match, string.sub
local KEYS, ARGV = KEYS, ARGV

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
  local t = match(text, '^{"t":(%-?%d+),"T":')
  local _, before_n = find(text, ',"n":', 1, true)
  local _, before_lt = find(text, ',"lt":', before_n or 1, true)
  if not (t and before_n and before_lt) then return nil end
  local n, x = match(text, '^(%d+),"x":(%a+),', before_n + 1)
  local lt, li, r = match(text, '^(%-?%d+),"li":(%-?%d+),"r":(%d+)}$', before_lt + 1)
  if not li then
    -- A kline of the first version of Kline, which knew no revisions.
    lt, li = match(text, '^(%-?%d+),"li":(%-?%d+)}$', before_lt + 1)
    r = '0'
  end
  return n and li and { t = t, r = r, n = n, lt = lt, li = li, closed = x == 'true' }
end

-- Open time and number of trades of a kline without a revision, which nearly all are; nil of any other text.
local function glance(text)
  local t = match(text, '^{"t":(%-?%d+),"T":')
  local _, before_n = find(text, ',"n":', 1, true)
  if not (t and before_n) or sub(text, -7) ~= ',"r":0}' then return nil end
  return tonumber(t), tonumber(match(text, '^%d+', before_n + 1))
end

-- Orders integers given as text: ids have up to 19 digits, a Lua number is exact up to 15.
local function less(a, b)
  local negative = sub(a, 1, 1) == '-'
  if negative ~= (sub(b, 1, 1) == '-') then return negative end
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

-- What was in histories before this call, at the times of the klines that it has put there.
local replaced = {}

-- Puts a kline into the history, where one of its time or a later one is, unless it is older than what is there.
local function replace(history, t, text)
  local candle = read(text)
  local members = call('ZRANGEBYSCORE', history, t, t)
  for _, member in ipairs(members) do
    local stored = read(member)
    if stored and stored.t == candle.t then
      if lower(candle, stored) then return 0 end
      if #members == 1 and same(candle, stored) then return ACCEPTED + SAME end
    end
  end
  if #members > 0 then
    replaced[#replaced + 1] = { history, t, members }
    call('ZREMRANGEBYSCORE', history, t, t)
    call('ZADD', history, t, text)
    return ACCEPTED
  end
  local full = call('ZCARD', history) >= limit
  if full then
    local lowest = call('ZRANGE', history, 0, 0, 'WITHSCORES')
    if tonumber(t) < tonumber(lowest[2]) then return 0 end
  end
  replaced[#replaced + 1] = { history, t, {} }
  call('ZADD', history, t, text)
  if full then call('ZREMRANGEBYRANK', history, 0, -limit - 1) end
  return ACCEPTED
end

-- Puts a kline into the history unless it is older than what is there.
local function keep(history, t, text)
  if call('ZCOUNT', history, t, '+inf') > 0 then return replace(history, t, text) end
  replaced[#replaced + 1] = { history, t, {} }
  call('ZADD', history, t, text)
  call('ZREMRANGEBYRANK', history, 0, -limit - 1)
  return ACCEPTED
end

local latest_keys = {}
for k = 1, #KEYS / 2 do latest_keys[k] = KEYS[2 * k - 1] end

-- The latest klines, as they will be; false where there is none, or another type.
local latest = call('MGET', unpack(latest_keys))
local before = {}
local is_changed = {}

local function become_latest(k, text)
  if not is_changed[k] then before[k] = latest[k] end
  latest[k] = text
  is_changed[k] = true
  return ACCEPTED
end

-- Writes a candle of the interval k, and returns its result.
local function write(k, text)
  -- MGET does not tell another type from nothing; GET fails there.
  local current = latest[k] or call('GET', latest_keys[k])
  if current == text then return ACCEPTED + SAME end
  local history = KEYS[2 * k]
  if current and not are_brought_back then
    local t, n = glance(text)
    local stored_t, stored_n = glance(current)
    if n and stored_n then
      if t == stored_t and n > stored_n then return become_latest(k, text) end
      if t > stored_t then
        keep(history, stored_t, current)
        return become_latest(k, text)
      end
      if t < stored_t then return replace(history, t, text) end
    end
  end
  local candle = read(text)
  local stored = current and read(current)
  if not stored then
    if are_brought_back then return MISSING end
    -- Where only the latest is gone, an older candle must not become the latest.
    local last = call('ZRANGE', history, -1, -1, 'WITHSCORES')
    if are_corrections or last[2] and tonumber(candle.t) < tonumber(last[2]) then
      return MISSING + keep(history, candle.t, text)
    end
    return MISSING + become_latest(k, text)
  end
  if candle.t == stored.t then
    if lower(candle, stored) then return 0 end
    if same(candle, stored) then return ACCEPTED + SAME end
  elseif less(candle.t, stored.t) then
    return keep(history, candle.t, text)
  elseif are_brought_back then
    return 0
  else
    keep(history, stored.t, current)
  end
  return become_latest(k, text)
end

local results = {}

-- Makes these the latest klines where they have changed, by one command; where one is false there is none.
local function store(texts)
  local set, gone = {}, {}
  for k in pairs(is_changed) do
    if texts[k] then
      set[#set + 1] = latest_keys[k]
      set[#set + 1] = texts[k]
    else
      gone[#gone + 1] = latest_keys[k]
    end
  end
  if #set > 0 then call('MSET', unpack(set)) end
  if #gone > 0 then call('DEL', unpack(gone)) end
end

local function publish_accepted()
  if are_brought_back then return end
  for i = 1, #results do
    if results[i] == ACCEPTED or results[i] == ACCEPTED + MISSING then
      call(publish, latest_keys[tonumber(ARGV[2 + 2 * i])], ARGV[3 + 2 * i])
    end
  end
end

-- What cannot be published is not stored either: when the call is repeated, it would be found there, and never published.
local function finish()
  store(latest)
  local ok, problem = pcall(publish_accepted)
  if not ok then
    store(before)
    for i = #replaced, 1, -1 do
      local history, t, members = unpack(replaced[i])
      call('ZREMRANGEBYSCORE', history, t, t)
      for _, member in ipairs(members) do call('ZADD', history, t, member) end
    end
    error(problem, 0)
  end
end

-- The reply behind an error: a string up to Redis 6.2, behind the script's line; a table from 7 on.
local function reply_of(problem)
  local message = type(problem) == 'table' and problem.err or tostring(problem)
  message = string.gsub(message, '^@user_script: ?%d+: ', '')
  return (string.gsub(message, '^%-', ''))
end

local failure
for i = 4, #ARGV, 2 do
  local ok, result = pcall(write, tonumber(ARGV[i]), ARGV[i + 1])
  if not ok then
    local reply = reply_of(result)
    if sub(reply, 1, 9) ~= 'WRONGTYPE' then
      failure = reply
      break
    end
    result = WRONG_TYPE
  end
  results[#results + 1] = result
end
local ok, problem = pcall(finish)
if not ok then failure = failure or reply_of(problem) end
return failure and redis.error_reply(failure) or results
