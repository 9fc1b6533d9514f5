/** {@code sockfd doctor}: what works on this machine, and why the rest does not. */
@NullMarked
package io.sockfd.cli.doctor;

import org.jspecify.annotations.NullMarked;
