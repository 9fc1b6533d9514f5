@NullMarked
package io.sockfd.bpf;

import org.jspecify.annotations.NullMarked;
