/** Kline on one machine, with made-up or recorded trades. Nothing of it is in the job jar. */
package io.kline.demo;
