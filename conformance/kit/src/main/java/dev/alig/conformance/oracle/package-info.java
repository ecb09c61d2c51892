/** The oracles: PyTorch through Jep, exact arithmetic, and recorded traces. */
@NullMarked
package dev.alig.conformance.oracle;

import org.jspecify.annotations.NullMarked;
