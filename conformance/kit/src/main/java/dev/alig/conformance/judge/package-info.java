/**
 * Decides whether two traces agree: bit for bit where rounding leaves no choice, and within bounds
 * from error analysis where it does.
 */
@NullMarked
package dev.alig.conformance.judge;

import org.jspecify.annotations.NullMarked;
