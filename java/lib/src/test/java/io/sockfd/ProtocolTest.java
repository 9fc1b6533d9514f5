package io.sockfd;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sockfd.raw.Linux;
import java.lang.reflect.Field;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("once")
class ProtocolTest {
    @Test
    void namesAllOfIp() throws Exception {
        assertEquals(numbers(Linux.class, "IPPROTO_"), numbers(Protocol.class, ""));
    }

    private static Map<String, Integer> numbers(Class<?> type, String prefix) throws Exception {
        Map<String, Integer> found = new TreeMap<>();
        for (Field field : type.getFields()) {
            String name = field.getName();
            if (name.startsWith(prefix) && !name.equals("DEFAULT")) {
                Object value = field.get(null);
                found.put(name.substring(prefix.length()), value instanceof Protocol p ? p.value() : (Integer) value);
            }
        }
        return found;
    }
}
