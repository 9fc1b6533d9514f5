/**
 * The families of operations, a file each: the rows, and everybody who takes part in them. {@link
 * io.sockfd.benchmarks.operation.CallRows} is the shortest to read. A family that one file cannot hold is several, and what
 * several share is a file of its own.
 */
@NullMarked
package io.sockfd.benchmarks.operation;

import org.jspecify.annotations.NullMarked;
