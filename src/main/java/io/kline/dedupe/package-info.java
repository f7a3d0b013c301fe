/** Every trade counts once, however often it is delivered. */
package io.kline.dedupe;
