package io.sockfd.cli;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** What was meant by a misspelt word. */
final class Spelling {
    private static final int LETTERS_FOR_A_FAULT = 3;

    private Spelling() {}

    /** The words that are nearest, with a fault for every third letter at most; empty for none. */
    static List<String> nearest(String word, Collection<String> words) {
        int best = Math.max(1, word.length() / LETTERS_FOR_A_FAULT);
        List<String> nearest = List.of();
        for (String candidate : words) {
            int distance = distance(word, candidate);
            if (distance < best || (distance == best && nearest.isEmpty())) {
                best = distance;
                nearest = List.of(candidate);
            } else if (distance == best) {
                nearest = new ArrayList<>(nearest);
                nearest.add(candidate);
            }
        }
        return nearest;
    }

    /** Letters that are missing, too many, others, or have changed places with the next. */
    static int distance(String a, String b) {
        int[][] cost = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    cost[i][j] = i + j;
                    continue;
                }
                int other = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                cost[i][j] = Math.min(Math.min(cost[i - 1][j], cost[i][j - 1]) + 1, cost[i - 1][j - 1] + other);
                boolean changedPlaces =
                        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
                if (changedPlaces) {
                    cost[i][j] = Math.min(cost[i][j], cost[i - 2][j - 2] + 1);
                }
            }
        }
        return cost[a.length()][b.length()];
    }
}
