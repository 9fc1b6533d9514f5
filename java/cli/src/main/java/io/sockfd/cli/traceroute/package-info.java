/** {@code sockfd traceroute}: the routers on the way to a host. */
@NullMarked
package io.sockfd.cli.traceroute;

import org.jspecify.annotations.NullMarked;
