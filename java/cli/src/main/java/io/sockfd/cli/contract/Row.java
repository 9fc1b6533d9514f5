package io.sockfd.cli.contract;

import java.util.List;

/**
 * One row of the table.
 *
 * @param name {@code subject/what}, unique
 * @param steps with the defs in place
 */
public record Row(String name, List<Step> steps, Expectation expected, Needs needs) {
    /** The function that the row is about; {@code send[]} and {@code recv[]} are the forms for heap arrays. */
    public String subject() {
        return name.substring(0, name.indexOf('/'));
    }

    /** Whether the row has its subject called at all. */
    public boolean callsSubject() {
        return steps.stream().anyMatch(step -> step.call().equals(subject()));
    }

    @Override
    public String toString() {
        return name;
    }
}
