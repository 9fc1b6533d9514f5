/** Calls that fail, as calls of busy servers do all the time: a result code in C, often an exception in Java. */
@NullMarked
package io.sockfd.benchmarks.failure;

import org.jspecify.annotations.NullMarked;
