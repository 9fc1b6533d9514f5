package io.sockfd.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import picocli.CommandLine.Help.Ansi;

class TableTest {
    @Test
    void columnsAreAsWideAsTheirWidestCell() {
        Table table = new Table(Ansi.OFF, 2)
                .row("a", "bcd", "e")
                .row("@|green fgh|@", "", "i")
                .row("j", "k", "");
        assertEquals("  a    bcd  e\n  fgh       i\n  j    k\n", table.toString());
    }

    @Test
    void coloursTakeNoWidth() {
        Table table = new Table(Ansi.ON, 0).row("@|green ok|@", "x").row("fail", "y");
        assertEquals("ok    x\nfail  y\n", table.toString().replaceAll("\033\\[[0-9;]*m", ""));
    }

    @Test
    void emptyIsEmpty() {
        assertEquals("", new Table(Ansi.OFF, 2).toString());
    }
}
