/** Results as files and tables: JSON is the truth, and all else is drawn from it. */
@NullMarked
package dev.alig.benchmark.report;

import org.jspecify.annotations.NullMarked;
