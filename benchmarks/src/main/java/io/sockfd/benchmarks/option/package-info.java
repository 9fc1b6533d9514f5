/** Options and addresses: calls that move a few bytes, and what it takes to make Java values of them. */
@NullMarked
package io.sockfd.benchmarks.option;

import org.jspecify.annotations.NullMarked;
