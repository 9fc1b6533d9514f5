package io.sockfd.cli.relay;

import io.sockfd.cli.endpoint.Endpoint;
import java.time.Duration;

/**
 * Where clients are taken.
 *
 * @param most clients at once
 * @param patience how long the target may take to accept
 * @param idle after how long without datagrams a client is forgotten
 * @param once whether the first client is the last
 */
record Target(Endpoint endpoint, int most, Duration patience, Duration idle, boolean once) {}
