package io.sockfd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sockfd.raw.Linux;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ErrnoTest {
    private static final Map<String, Integer> ALIASES = Map.of(
            "EWOULDBLOCK", Linux.EAGAIN,
            "EDEADLOCK", Linux.EDEADLK,
            "ENOTSUP", Linux.EOPNOTSUPP);

    @Test
    void everyErrnoOfLinuxHasItsNumberNameAndText() throws IllegalAccessException {
        Map<String, Integer> here = new TreeMap<>();
        for (Field field : Errno.class.getFields()) {
            if (field.getType() == Errno.class) {
                Errno errno = (Errno) field.get(null);
                here.put(field.getName(), errno.value());
                assertEquals(
                        ALIASES.containsKey(field.getName()), !errno.name().equals(field.getName()), field.getName());
                assertEquals(false, errno.text().startsWith("Unknown"), field.getName());
            }
        }
        Map<String, Integer> linux = new TreeMap<>();
        for (Field field : Linux.class.getFields()) {
            if (Modifier.isStatic(field.getModifiers()) && field.getName().matches("E(?!POLL|PIOC)[A-Z0-9]+")) {
                linux.put(field.getName(), field.getInt(null));
            }
        }
        assertEquals(linux, here);
        assertEquals(134, here.size());
        ALIASES.forEach((name, value) -> assertEquals(value, here.get(name), name));
    }

    @Test
    void aNumberNobodyKnowsIsStillAnErrno() {
        assertEquals("errno 999 (Unknown error 999)", new Errno(999).toString());
        assertEquals("errno 0", new Errno(0).name());
        assertEquals("errno -5", new Errno(-5).name());
    }

    @Test
    void aResultIsAnErrorOnlyWhenItIsNegative() {
        assertEquals(Errno.EACCES, Errno.ofResult(-Linux.EACCES));
        assertThrows(IllegalArgumentException.class, () -> Errno.ofResult(0));
    }
}
