package io.sockfd.bpf;

import io.sockfd.option.FilterProgram;
import io.sockfd.option.FilterProgram.Instruction;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Programs as numbers: what {@code tcpdump -ddd}, {@code tcpdump -dd} and the kernel's bpf_asm print. */
public final class Listing {
    private static final Pattern BRACES = Pattern.compile("\\{([^{}]*)}");
    private static final Pattern COMMA = Pattern.compile("\\s*,\\s*");
    private static final Pattern GAPS = Pattern.compile("[\\s,]+");

    private Listing() {}

    /**
     * Reads a program: the number of instructions and four numbers for each, with line ends or commas between them, or
     * structs in C's braces.
     *
     * @throws BpfException for anything else
     */
    public static FilterProgram parse(String text) {
        return text.indexOf('{') >= 0 ? structs(text) : numbers(text);
    }

    /** As {@code tcpdump -ddd} prints it. */
    public static String decimal(FilterProgram program) {
        StringBuilder text = new StringBuilder();
        text.append(program.instructions().size()).append('\n');
        for (Instruction i : program.instructions()) {
            text.append(i.code()).append(' ').append(i.jt()).append(' ').append(i.jf());
            text.append(' ').append(Integer.toUnsignedString(i.k())).append('\n');
        }
        return text.toString();
    }

    /** As {@code tcpdump -d} prints it, for people. */
    public static String assembly(FilterProgram program) {
        return AssemblyText.of(program);
    }

    /** As {@code tcpdump -dd} prints it, the lines of an array in C. */
    public static String structs(FilterProgram program) {
        StringBuilder text = new StringBuilder();
        for (Instruction i : program.instructions()) {
            text.append(braces(i)).append(",\n");
        }
        return text.toString();
    }

    static String braces(Instruction i) {
        return "{ 0x" + Integer.toHexString(i.code()) + ", " + i.jt() + ", " + i.jf() + ", 0x" + hex8(i.k()) + " }";
    }

    private static String hex8(int k) {
        String digits = Integer.toHexString(k);
        return "0".repeat(8 - digits.length()) + digits;
    }

    private static FilterProgram structs(String text) {
        List<Instruction> list = new ArrayList<>();
        Matcher matcher = BRACES.matcher(text);
        int end = 0;
        while (matcher.find()) {
            onlyGaps(text.substring(end, matcher.start()));
            list.add(instruction(matcher.group()));
            end = matcher.end();
        }
        onlyGaps(text.substring(end));
        return program(list);
    }

    private static void onlyGaps(String between) {
        if (!GAPS.matcher(between).replaceAll("").isEmpty()) {
            throw new BpfException("between the instructions is: " + between.strip());
        }
    }

    /** One struct in braces, and nothing else. */
    static Instruction instruction(String text) {
        Matcher matcher = BRACES.matcher(text);
        String[] fields = matcher.matches() ? COMMA.split(matcher.group(1).strip(), -1) : new String[0];
        if (fields.length != 4) {
            throw new BpfException("not { code, jt, jf, k }: " + text);
        }
        return instruction(fields, 0);
    }

    private static FilterProgram numbers(String text) {
        String[] fields = GAPS.matcher(text).replaceAll(" ").strip().split(" ", -1);
        List<Instruction> list = new ArrayList<>();
        for (int i = 1; i + 4 <= fields.length; i += 4) {
            list.add(instruction(fields, i));
        }
        if (fields.length != 1 + 4 * list.size() || Numbers.parse(fields[0]) != list.size()) {
            throw new BpfException("not the number of instructions and four numbers for each: " + fields.length
                    + " numbers, the first of which is " + fields[0]);
        }
        return program(list);
    }

    private static Instruction instruction(String[] fields, int from) {
        return new Instruction(
                limited(fields[from], 0xffff, "code"),
                limited(fields[from + 1], 0xff, "jt"),
                limited(fields[from + 2], 0xff, "jf"),
                Numbers.parse(fields[from + 3]));
    }

    private static int limited(String text, int most, String field) {
        int value = Numbers.parse(text);
        if (value < 0 || value > most) {
            throw new BpfException(field + " is " + text + ", more than " + most);
        }
        return value;
    }

    private static FilterProgram program(List<Instruction> list) {
        try {
            return new FilterProgram(list);
        } catch (IllegalArgumentException e) {
            throw new BpfException(String.valueOf(e.getMessage()));
        }
    }
}
