package io.kline.server.wsapi;

import io.kline.server.api.Allowance;
import io.kline.server.api.TimeScale;

/**
 * Who asks over one connection.
 *
 * @param allowance what it may ask
 * @param showsLimits whether answers report how much of the limit is used, if a request does not
 *     say
 * @param times the unit of times
 */
record ApiClient(Allowance allowance, boolean showsLimits, TimeScale times) {}
