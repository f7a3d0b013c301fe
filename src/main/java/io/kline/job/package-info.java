/**
 * The two jobs: each one's topology on one screen, its stages named once in {@link
 * io.kline.job.Stage}.
 */
package io.kline.job;
