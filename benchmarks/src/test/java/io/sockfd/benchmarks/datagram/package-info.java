@NullMarked
package io.sockfd.benchmarks.datagram;

import org.jspecify.annotations.NullMarked;
