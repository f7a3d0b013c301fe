/** What every endpoint is made of: parameters in, a reply or an error out. No Javalin. */
package io.kline.server.api;
