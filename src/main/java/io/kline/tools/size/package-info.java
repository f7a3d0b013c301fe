/**
 * How large an installation has to be.
 *
 * <pre>
 *   SizeMain ──┬─ Installation → Sizing, Cores (UnitCost) → SizeReport
 *              └─ Measured ── ByteMeasurement (StateBytes)
 * </pre>
 */
package io.kline.tools.size;
