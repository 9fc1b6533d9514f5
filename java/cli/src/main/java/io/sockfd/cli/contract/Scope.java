package io.sockfd.cli.contract;

import io.sockfd.raw.Memory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What one run of a row remembers: its variables, and its memory, which lives as long as this does. */
final class Scope {
    private static final long BAD_ADDRESS = 1;

    private final Map<String, Long> variables = new HashMap<>();
    private final List<ByteBuffer> memories = new ArrayList<>();
    private long elapsed;

    void set(String name, long value) {
        variables.put(name, value);
    }

    /** Milliseconds that the last call took. */
    void elapsed(long milliseconds) {
        elapsed = milliseconds;
    }

    long lookUp(String name) {
        Long variable = variables.get(name);
        if (variable != null) {
            return variable;
        }
        return switch (name) {
            case "null" -> 0;
            case "bad" -> BAD_ADDRESS;
            case "pid" -> ProcessHandle.current().pid();
            case "elapsed" -> elapsed;
            default -> {
                Long constant = Constants.find(name);
                if (constant == null) {
                    throw new IllegalArgumentException("unknown name " + name);
                }
                yield constant;
            }
        };
    }

    /** Takes the buffer over and gives its address. */
    long allocate(ByteBuffer buffer) {
        memories.add(buffer);
        return Memory.address(buffer);
    }

    /** The memory of this row that begins at an address. */
    ByteBuffer memory(long address) {
        for (ByteBuffer memory : memories) {
            if (Memory.address(memory) == address) {
                return memory;
            }
        }
        throw new IllegalArgumentException("no memory of the row begins at " + address);
    }

    /** A view of bytes anywhere: in the row's memory, with its bounds, or in what C gave the address of. */
    ByteBuffer view(long address, int size) {
        for (ByteBuffer memory : memories) {
            long offset = address - Memory.address(memory);
            if (offset >= 0 && offset < memory.capacity()) {
                return memory.slice((int) offset, size).order(ByteOrder.nativeOrder());
            }
        }
        return Memory.wrap(address, size);
    }
}
