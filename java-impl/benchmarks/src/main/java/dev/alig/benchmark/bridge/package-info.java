/** What one step of the oracle costs on its way to Python and back, in process and over pipes. */
@NullMarked
package dev.alig.benchmark.bridge;

import org.jspecify.annotations.NullMarked;
