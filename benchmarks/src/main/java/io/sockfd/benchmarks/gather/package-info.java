/** One call for many buffers: writev(2), readv(2), and sendmsg(2) and recvmsg(2), which take flags. */
@NullMarked
package io.sockfd.benchmarks.gather;

import org.jspecify.annotations.NullMarked;
