package io.kline.server.wsapi;

import io.kline.server.api.Caller;
import io.kline.server.api.TimeScale;

/**
 * Who asks over one connection.
 *
 * @param caller whose connection it is
 * @param showsLimits whether answers report how much of the limit is used, if a request does not
 *     say
 * @param times the unit of times
 */
record ApiClient(Caller caller, boolean showsLimits, TimeScale times) {}
