/** The command {@code scan}: which ports of a host are open. */
@NullMarked
package io.sockfd.cli.scan;

import org.jspecify.annotations.NullMarked;
