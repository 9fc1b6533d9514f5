/** The raw contract: a table of calls and what they return, and what executes it. */
@NullMarked
package io.sockfd.cli.contract;

import org.jspecify.annotations.NullMarked;
