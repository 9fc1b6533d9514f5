@NullMarked
package io.sockfd.benchmarks.command;

import org.jspecify.annotations.NullMarked;
