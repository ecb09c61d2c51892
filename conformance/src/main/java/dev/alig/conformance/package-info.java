/**
 * The words of the conformance kit: a {@link dev.alig.conformance.Case} goes to two {@link
 * dev.alig.conformance.Implementation}s, the subject and the oracle; each answers with a {@link
 * dev.alig.conformance.Trace}; the judge turns both into a {@link dev.alig.conformance.Verdict}.
 */
@NullMarked
package dev.alig.conformance;

import org.jspecify.annotations.NullMarked;
