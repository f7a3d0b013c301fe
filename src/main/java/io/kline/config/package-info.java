/**
 * What can be set. An option states its key, default, range and help text; its group checks the
 * rest. How settings are read: from the file, the command line, the environment.
 */
package io.kline.config;
