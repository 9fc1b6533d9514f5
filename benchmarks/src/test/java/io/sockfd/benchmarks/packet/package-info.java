@NullMarked
package io.sockfd.benchmarks.packet;

import org.jspecify.annotations.NullMarked;
