/**
 * The words of the kit: {@link dev.alig.conformance.Implementation}s run a {@link
 * dev.alig.conformance.model.StepCase} and answer with a {@link dev.alig.conformance.model.Trace};
 * the judge turns the traces of subject and oracle into a {@link dev.alig.conformance.Verdict}.
 */
@NullMarked
package dev.alig.conformance;

import org.jspecify.annotations.NullMarked;
