package io.sockfd.benchmarks.side;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class SpreadTest {
    private static final double EXACT = 1e-12;

    @Test
    void quartilesLieBetweenTheirNeighbours() {
        Spread spread = Spread.of(4, 1, 3, 2);
        assertEquals(2.5, spread.median(), EXACT);
        assertEquals(1.75, spread.lower(), EXACT);
        assertEquals(3.25, spread.upper(), EXACT);
        assertEquals(2.5, spread.best(), EXACT);
        assertEquals(2.5, spread.worst(), EXACT);
    }

    @Test
    void ofSeveralItIsTheMedianOfTheirs() {
        Spread spread =
                Spread.of(List.of(new double[] {1, 2, 9}, new double[] {3, 4, 5}, new double[] {100, 101, 102}));
        assertEquals(new Spread(4, 3.5, 5.5, 2, 101), spread);
    }

    @Test
    void oneValueIsAllOfIt() {
        assertEquals(new Spread(7, 7, 7, 7, 7), Spread.of(7));
    }

    @Test
    void doesNotSortWhatIsNotItsOwn() {
        double[] values = {3, 1, 2};
        assertEquals(2, Spread.median(values), EXACT);
        assertEquals(3, values[0], EXACT);
    }

    @Test
    void nothingHasNoMedian() {
        assertThrows(IllegalArgumentException.class, Spread::of);
    }
}
