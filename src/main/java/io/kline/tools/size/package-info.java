/**
 * How large an installation has to be.
 *
 * <pre>
 *   SizeMain ──┬─ Installation → Sizing (UnitCost) → SizeReport
 *              └─ Measured ── ByteMeasurement (StateBytes)
 * </pre>
 */
package io.kline.tools.size;
