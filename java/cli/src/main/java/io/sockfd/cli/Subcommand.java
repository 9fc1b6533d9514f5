package io.sockfd.cli;

import java.util.concurrent.Callable;

/**
 * A command that another jar on the class path adds to {@code sockfd}: a service for {@link java.util.ServiceLoader}, with
 * picocli's annotations. It gives the exit status.
 */
public interface Subcommand extends Callable<Integer> {}
