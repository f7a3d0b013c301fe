/**
 * How large an installation has to be.
 *
 * <pre>
 *   SizeMain ──┬─ Installation → Sizing (UnitCost) → SizeReport
 *              └─ Measured ──┬─ ByteMeasurement (StateBytes)   the unit costs that are bytes
 *                            └─ CpuMeasurement (EvenFeed)      and those that are CPU
 * </pre>
 */
package io.kline.tools.size;
