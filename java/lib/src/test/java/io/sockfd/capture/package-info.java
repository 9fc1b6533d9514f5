/** Tests of capture and injection, in network namespaces of their own. */
@NullMarked
package io.sockfd.capture;

import org.jspecify.annotations.NullMarked;
