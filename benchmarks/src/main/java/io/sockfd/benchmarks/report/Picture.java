package io.sockfd.benchmarks.report;

import io.sockfd.benchmarks.Who;
import io.sockfd.benchmarks.side.Spread;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.Formatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * SVG: a line for each row, on it everybody's time in times of sockfd's. It says itself what its colours are on light ground
 * and on dark, so that it can stand in a README.
 */
final class Picture {
    private static final int WIDTH = 880;
    private static final int LEFT = 388;
    private static final int RIGHT = WIDTH - 24;
    private static final int LINE = 30;
    private static final int LEGEND_TOP = 44;
    private static final int LEGEND_LINE = 20;
    private static final double MARK = 4.5;
    private static final double LANE = 9;
    private static final double[] TICKS = {
        0.1, 0.2, 0.3, 0.5, 0.7, 0.8, 0.9, 1, 1.1, 1.2, 1.5, 2, 3, 5, 7, 10, 20, 30, 50, 100, 200, 500, 1000
    };
    private static final double TICK_GAP = 34;

    private final List<Result> rows;
    private final Scale scale;
    private final Formatter svg = new Formatter(Locale.ROOT);

    /** Nearly logarithmic around 1, and ever closer away from it: most of what there is lies below 2, some of it above 10. */
    private record Scale(double from, double to) {
        private static final double WIDE = 0.25;

        double x(double value) {
            return LEFT + (RIGHT - LEFT) * (bent(value) - bent(from)) / (bent(to) - bent(from));
        }

        /** The inverse of the hyperbolic sine of the logarithm. */
        private static double bent(double value) {
            double log = Math.log(value) / WIDE;
            return Math.signum(log) * Math.log(Math.abs(log) + Math.sqrt(log * log + 1));
        }
    }

    private Picture(List<Result> rows) {
        this.rows = rows;
        double from = 0.9;
        double to = 1.6;
        for (Result row : rows) {
            for (Figure figure : shown(row)) {
                Spread times = times(figure);
                from = Math.min(from, times.lower() / 1.05);
                to = Math.max(to, times.upper() * 1.05);
            }
        }
        scale = new Scale(from, to);
    }

    /** Of the rows in which sockfd and somebody else took part; empty without any. */
    static String of(List<Result> all) {
        List<Result> rows = all.stream().filter(row -> !shown(row).isEmpty()).toList();
        return rows.isEmpty() ? "" : new Picture(rows).draw();
    }

    private static List<Figure> shown(Result row) {
        return row.figures().stream()
                .filter(figure -> figure.sockfd() != null && Family.of(figure.who()) != Family.RAW)
                .toList();
    }

    /** Its time by sockfd's: the other way round than in {@link Figure#sockfd}. */
    private static Spread times(Figure figure) {
        Spread share = figure.sockfd();
        if (share == null) {
            throw new IllegalArgumentException("no ratio to sockfd");
        }
        return new Spread(
                1 / share.median(), 1 / share.upper(), 1 / share.lower(), 1 / share.worst(), 1 / share.best());
    }

    private String draw() {
        List<Who> legend = legend();
        int legendLines = (legend.size() + 4) / 5;
        int top = LEGEND_TOP + legendLines * LEGEND_LINE + 12;
        int bottom = top + rows.size() * LINE;
        int height = bottom + 34;
        svg.format(
                "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 %d %d' width='%d' height='%d' role='img' "
                        + "aria-label='Time of others in times of sockfd'>%n<style>%s</style>%n",
                WIDTH, height, WIDTH, height, style());
        svg.format("<rect class='ground' width='%d' height='%d' rx='6'/>%n", WIDTH, height);
        svg.format(
                "<text class='title' x='16' y='26'>Time of others, in times of sockfd: right of the line sockfd is faster"
                        + "</text>%n");
        for (int i = 0; i < legend.size(); i++) {
            Who who = legend.get(i);
            double x = 22 + i % 5 * 168;
            double y = LEGEND_TOP + (i / 5) * LEGEND_LINE + 2;
            mark(who, x, y);
            svg.format("<text x='%.1f' y='%.1f'>%s</text>%n", x + 11, y + 4, escape(who.title()));
        }
        axis(top, bottom);
        for (int i = 0; i < rows.size(); i++) {
            row(rows.get(i), top + i * LINE + LINE / 2.0);
        }
        svg.format("</svg>%n");
        return svg.toString();
    }

    private List<Who> legend() {
        Set<Who> all = EnumSet.noneOf(Who.class);
        rows.forEach(row -> shown(row).forEach(figure -> all.add(figure.who())));
        return List.copyOf(all);
    }

    private void axis(int top, int bottom) {
        double last = Double.NEGATIVE_INFINITY;
        double one = scale.x(1);
        for (double tick : TICKS) {
            double x = scale.x(tick);
            boolean crowded = x - last < TICK_GAP || (tick != 1 && Math.abs(x - one) < TICK_GAP);
            if (tick < scale.from || tick > scale.to || crowded) {
                continue;
            }
            last = x;
            svg.format(
                    "<line class='%s' x1='%.1f' y1='%d' x2='%.1f' y2='%d'/>%n",
                    tick == 1 ? "one" : "grid", x, top, x, bottom);
            svg.format(
                    "<text class='tick' x='%.1f' y='%d'>%s</text>%n",
                    x, bottom + 18, tick == 1 ? "sockfd" : number(tick));
        }
    }

    private static String number(double tick) {
        return tick >= 2 ? String.format(Locale.ROOT, "%.0f", tick) : String.valueOf(tick);
    }

    /** Marks that would lie on one another go into lanes above and below. */
    private void row(Result row, double middle) {
        svg.format("<text class='row' x='16' y='%.1f'>%s</text>%n", middle + 4, escape(shortened(row.title())));
        List<Figure> figures = new ArrayList<>(shown(row));
        figures.sort(Comparator.comparingDouble(figure -> times(figure).median()));
        double[] lanes = {Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY};
        double[] offsets = {0, -LANE, LANE};
        for (Figure figure : figures) {
            Spread times = times(figure);
            double x = scale.x(times.median());
            int lane = 0;
            while (lane < lanes.length - 1 && x - lanes[lane] < 2 * MARK + 3) {
                lane++;
            }
            lanes[lane] = x;
            double y = middle + offsets[lane];
            svg.format(
                    "<g><title>%s</title>",
                    escape(row.title() + ", " + figure.who().title() + ": " + Texts.ratio(times.median())
                            + ", quartiles " + Texts.ratio(times.lower()) + " to " + Texts.ratio(times.upper())));
            svg.format(
                    "<line class='whisker' style='stroke:var(--%s)' x1='%.1f' y1='%.1f' x2='%.1f' y2='%.1f'/>%n",
                    Family.of(figure.who()).id(), scale.x(times.lower()), y, scale.x(times.upper()), y);
            mark(figure.who(), x, y);
            svg.format("</g>%n");
        }
    }

    private void mark(Who who, double x, double y) {
        String colour = "var(--" + Family.of(who).id() + ")";
        String fill = Family.isFirst(who) ? colour : "var(--ground)";
        svg.format("<circle cx='%.1f' cy='%.1f' r='%.1f' style='stroke:%s;fill:%s'/>%n", x, y, MARK, colour, fill);
    }

    private static String style() {
        return String.join(
                "",
                "svg{--ground:#fff;--ink:#1c1917;--faint:#e2e0dc;" + Family.variables(false) + "}",
                "@media (prefers-color-scheme:dark){svg{--ground:#16181d;--ink:#e7e5e4;--faint:#343841;"
                        + Family.variables(true) + "}}",
                "text{font:12px system-ui,sans-serif;fill:var(--ink)}.title{font-weight:600;font-size:14px}",
                ".tick{text-anchor:middle}.ground{fill:var(--ground)}.grid{stroke:var(--faint)}",
                ".one{stroke:var(--sockfd);stroke-width:2}circle{stroke-width:2}.whisker{stroke-width:1.5}");
    }

    private static String shortened(String title) {
        int most = 56;
        return title.length() <= most ? title : title.substring(0, most - 1).stripTrailing() + "…";
    }

    static String escape(String text) {
        String escaped = text;
        for (Map.Entry<String, String> each : List.of(
                Map.entry("&", "&amp;"), Map.entry("<", "&lt;"), Map.entry(">", "&gt;"), Map.entry("'", "&#39;"))) {
            escaped = escaped.replace(each.getKey(), each.getValue());
        }
        return escaped;
    }
}
