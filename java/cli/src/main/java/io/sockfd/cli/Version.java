package io.sockfd.cli;

import picocli.CommandLine.IVersionProvider;

/** The version in the manifest of the jar. */
public final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        return new String[] {"sockfd " + current()};
    }

    /** For instance {@code 1.0.0}; {@code (not packaged)} when the classes were not loaded from a jar. */
    public static String current() {
        String version = Version.class.getPackage().getImplementationVersion();
        return version != null ? version : "(not packaged)";
    }
}
