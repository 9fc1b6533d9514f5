/** Tests of programs, maps and links. */
@NullMarked
package io.sockfd.ebpf;

import org.jspecify.annotations.NullMarked;
