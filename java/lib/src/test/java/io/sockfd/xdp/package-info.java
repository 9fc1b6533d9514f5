/** Tests of AF_XDP over veth and lo, in network namespaces of their own. */
@NullMarked
package io.sockfd.xdp;

import org.jspecify.annotations.NullMarked;
