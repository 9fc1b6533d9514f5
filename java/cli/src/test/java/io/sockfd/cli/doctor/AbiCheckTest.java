package io.sockfd.cli.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class AbiCheckTest {
    private final AbiCheck check = new AbiCheck();

    @Test
    void agreement() {
        check.row("const\tAF_UNIX\t1");
        check.row("const\tINADDR_NONE\t4294967295");
        check.row("struct\tsockaddr_in\t16\t4");
        check.row("field\tsockaddr_in\tsin_port\t2\t2");
        assertEquals(List.of(), check.differences());
        assertEquals(4, check.checked());
    }

    @Test
    void differencesAreNamed() {
        check.row("const\tAF_UNIX\t2");
        check.row("struct\tsockaddr_in\t20\t4");
        check.row("field\tsockaddr_in\tsin_port\t4\t2");
        check.row("union\tx");
        assertEquals(
                List.of(
                        "Linux.AF_UNIX is 1, in the C headers 2",
                        "SockaddrIn.SIZE is 16, in the C headers 20",
                        "SockaddrIn.SIN_PORT is 2, in the C headers 4",
                        "not understood: union\tx"),
                check.differences());
    }

    @Test
    void whatTheLibraryDoesNotHaveIsNotCounted() {
        check.row("const\tNO_SUCH_CONSTANT\t2");
        check.row("struct\tno_such_struct\t20\t4");
        assertEquals(0, check.checked());
    }
}
