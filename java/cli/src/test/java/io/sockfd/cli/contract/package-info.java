/** Tests of the raw contract and of the backends against it. */
@NullMarked
package io.sockfd.cli.contract;

import org.jspecify.annotations.NullMarked;
