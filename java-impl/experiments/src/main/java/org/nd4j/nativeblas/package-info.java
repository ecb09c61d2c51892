/** What Deeplearning4j looks for in this package of ND4J and does not find. */
@NullMarked
package org.nd4j.nativeblas;

import org.jspecify.annotations.NullMarked;
