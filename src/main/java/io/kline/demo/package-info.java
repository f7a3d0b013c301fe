/** Everything on one machine. Never in the job jar. */
package io.kline.demo;
