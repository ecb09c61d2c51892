/**
 * The theorems about ALI-G, as inequalities between the numbers that an optimizer was given and its
 * answers.
 *
 * <p>A {@link dev.alig.conformance.theorems.Trial} minimizes a problem whose constants are known,
 * one step at a time, with the subject and with the oracle, and checks a theorem's inequalities in
 * arithmetic without rounding errors. An inequality may be off for two reasons, and both are known:
 *
 * <ul>
 *   <li>Losses and gradients are rounded before an optimizer sees them, so that they only nearly
 *       meet the theorem's hypothesis. By how much they miss it is measured on these numbers.
 *   <li>The optimizer rounds. How far its answers may be from the real-number answer is what {@link
 *       dev.alig.conformance.bounds.Enclosure} derives.
 * </ul>
 */
@NullMarked
package dev.alig.conformance.theorems;

import org.jspecify.annotations.NullMarked;
