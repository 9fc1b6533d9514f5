package io.sockfd.nio;

import java.nio.channels.spi.AbstractSelectionKey;

/** A key that knows its place among the selected ones. */
abstract class IndexedKey extends AbstractSelectionKey {
    /** Or -1. Protected by the monitor of {@link SelectedKeys}, as far as users hold it. */
    int selectedIndex = -1;
}
