/** A row for each option, on each family it applies to. */
@NullMarked
package io.sockfd.option;

import org.jspecify.annotations.NullMarked;
