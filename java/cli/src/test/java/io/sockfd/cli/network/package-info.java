/** The network tools against real peers, in network namespaces of the tests' own. */
@NullMarked
package io.sockfd.cli.network;

import org.jspecify.annotations.NullMarked;
