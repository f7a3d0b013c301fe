/** What can be set, how it is read (file, command line, environment) and what is accepted. */
package io.kline.config;
