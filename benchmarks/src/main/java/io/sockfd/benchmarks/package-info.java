/** What a call costs, by the way it takes into C. */
@NullMarked
package io.sockfd.benchmarks;

import org.jspecify.annotations.NullMarked;
