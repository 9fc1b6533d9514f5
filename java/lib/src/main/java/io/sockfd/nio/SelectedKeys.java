package io.sockfd.nio;

import java.nio.channels.SelectionKey;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Collection;
import java.util.ConcurrentModificationException;
import java.util.Iterator;
import java.util.NoSuchElementException;

/**
 * The selected keys of a selector, in an array: each key knows its place, so that adding, looking and removing cost a store or
 * two, and iterating makes nothing but the iterator. Users may take keys out, and not put them in. As with a HashSet, an
 * iterator fails when somebody else changed the set.
 */
final class SelectedKeys extends AbstractSet<SelectionKey> {
    private static final int FIRST_SIZE = 16;

    private IndexedKey[] keys = new IndexedKey[FIRST_SIZE];
    private int size;
    private int changes;

    /** By the selector; false when it is in already. */
    boolean put(IndexedKey key) {
        if (key.selectedIndex >= 0) {
            return false;
        }
        if (size == keys.length) {
            keys = Arrays.copyOf(keys, 2 * size);
        }
        keys[size] = key;
        key.selectedIndex = size++;
        changes++;
        return true;
    }

    /** The last one takes the place of the one that leaves: an iterator that walks upwards looks at this place again. */
    @SuppressWarnings("NullAway") // beyond the size nobody looks
    private void take(int index) {
        IndexedKey last = keys[--size];
        keys[index].selectedIndex = -1;
        if (index != size) {
            keys[index] = last;
            last.selectedIndex = index;
        }
        keys[size] = null;
        changes++;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public boolean contains(Object o) {
        return o instanceof IndexedKey key && key.selectedIndex >= 0 && isHere(key);
    }

    private boolean isHere(IndexedKey key) {
        return key.selectedIndex < size && keys[key.selectedIndex].equals(key);
    }

    @Override
    public boolean add(SelectionKey key) {
        throw new UnsupportedOperationException("only the selector adds selected keys");
    }

    @Override
    public boolean addAll(Collection<? extends SelectionKey> more) {
        throw new UnsupportedOperationException("only the selector adds selected keys");
    }

    @Override
    public boolean remove(Object o) {
        if (!(o instanceof IndexedKey key) || !contains(o)) {
            return false;
        }
        take(key.selectedIndex);
        return true;
    }

    @Override
    public void clear() {
        for (int i = 0; i < size; i++) {
            keys[i].selectedIndex = -1;
        }
        Arrays.fill(keys, 0, size, null);
        size = 0;
        changes++;
    }

    @Override
    public Iterator<SelectionKey> iterator() {
        return new Walk();
    }

    private final class Walk implements Iterator<SelectionKey> {
        private int next;
        private boolean given;
        private int expected = changes;

        @Override
        public boolean hasNext() {
            return next < size;
        }

        @Override
        public SelectionKey next() {
            check();
            if (next >= size) {
                throw new NoSuchElementException();
            }
            given = true;
            return keys[next++];
        }

        @Override
        public void remove() {
            if (!given) {
                throw new IllegalStateException("no key was given since the last one was removed");
            }
            check();
            given = false;
            take(--next);
            expected = changes;
        }

        private void check() {
            if (changes != expected) {
                throw new ConcurrentModificationException(
                        "the selected keys were changed by another than this iterator");
            }
        }
    }
}
