@NullMarked
package io.sockfd.netlink;

import org.jspecify.annotations.NullMarked;
