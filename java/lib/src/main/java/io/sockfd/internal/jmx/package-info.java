/**
 * What JMX is shown of the rings that are open. It knows neither the rings nor {@code javax.management}, whose module is
 * optional: {@link io.sockfd.internal.jmx.Shown} keeps their counters until somebody registers, and lets them go with their
 * descriptors.
 */
@NullMarked
package io.sockfd.internal.jmx;

import org.jspecify.annotations.NullMarked;
