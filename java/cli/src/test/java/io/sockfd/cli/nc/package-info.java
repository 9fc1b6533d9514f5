@NullMarked
package io.sockfd.cli.nc;

import org.jspecify.annotations.NullMarked;
