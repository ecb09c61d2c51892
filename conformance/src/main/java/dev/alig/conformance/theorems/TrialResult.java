package dev.alig.conformance.theorems;

import dev.alig.conformance.Scripted;
import dev.alig.conformance.Verdict;

/**
 * What a trial found.
 *
 * @param verdict whether the theorem holds for both
 * @param scripted the step that violates it, or the first one where none does
 */
public record TrialResult(Verdict verdict, Scripted scripted) {}
