/** {@code ci/benchmark}: contenders take turns on the same data, each with one step of its own. */
@NullMarked
package dev.alig.benchmark;

import org.jspecify.annotations.NullMarked;
