package io.sockfd.nio.sentence;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Collects rows. What a row is about is named once, before it. */
final class Table {
    private final List<Row> rows = new ArrayList<>();
    private final Map<String, Integer> counts = new LinkedHashMap<>();
    private String subject = "";
    private int since = 17;

    /** The rows that follow are about this method, or about the class as a whole. */
    Table of(String subject) {
        this.subject = subject;
        since = 17;
        return this;
    }

    /** The next row is of this Java and later ones. */
    Table since(int feature) {
        since = feature;
        return this;
    }

    Table says(String sentence, Row.Body body) {
        return add(sentence, false, body);
    }

    /** A sentence about waiting: shown on a platform thread and on a virtual one. */
    Table waits(String sentence, Row.Body body) {
        return add(sentence, true, body);
    }

    private Table add(String sentence, boolean waits, Row.Body body) {
        int number = counts.merge(subject, 1, Integer::sum);
        rows.add(new Row(subject + "/" + number, sentence, waits, since, body));
        since = 17;
        return this;
    }

    List<Row> rows() {
        return rows;
    }
}
