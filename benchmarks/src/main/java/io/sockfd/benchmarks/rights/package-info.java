/** Descriptors that go through a UNIX socket (SCM_RIGHTS) and are closed where they arrive. */
@NullMarked
package io.sockfd.benchmarks.rights;

import org.jspecify.annotations.NullMarked;
