/** ICMP as the tools need it: echo requests, and the errors that routers and hosts report. */
@NullMarked
package io.sockfd.cli.icmp;

import org.jspecify.annotations.NullMarked;
