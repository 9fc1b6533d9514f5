/** Asking the kernel for its interfaces, addresses and routes, and reading the answers. */
@NullMarked
package io.sockfd.benchmarks.netlink;

import org.jspecify.annotations.NullMarked;
