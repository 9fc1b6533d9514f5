/** Failing system calls under real programs. */
@NullMarked
package io.sockfd.inject;

import org.jspecify.annotations.NullMarked;
