/** Descriptors, addresses and files of the kernel, as the commands need them. */
@NullMarked
package io.sockfd.cli.kernel;

import org.jspecify.annotations.NullMarked;
