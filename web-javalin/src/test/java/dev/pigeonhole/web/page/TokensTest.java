package dev.pigeonhole.web.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The colours of the page, counted anew from its style sheet. */
class TokensTest {
    private static final List<String> STATES = List.of("running", "ok", "warn", "error", "idle");
    private static final Pattern COLOUR = Pattern.compile("--([a-z0-9-]+): (#[0-9A-Fa-f]{6});");

    /** How eyes without one kind of cone see, after Machado, Oliveira and Fernandes 2009, at full strength. */
    private static final Map<String, double[]> EYES = Map.of(
            "protan",
                    new double[] {
                        0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998
                    },
            "deutan",
                    new double[] {
                        0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.011820, 0.042940, 0.968881
                    },
            "tritan",
                    new double[] {
                        1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.303900
                    },
            "most people", new double[] {1, 0, 0, 0, 1, 0, 0, 0, 1});

    private static final String CSS = new PageFiles().text("app.css");

    /** Name and colours of a theme. */
    record Theme(String name, Map<String, String> colours) {
        Rgb colour(String token) {
            return Rgb.hex(colours.getOrDefault(token, "missing " + token));
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Theme> themes() {
        return Stream.of(theme("light", ":root {"), theme("dark", ":root[data-theme=\"dark\"] {"));
    }

    private static Theme theme(String name, String selector) {
        int from = CSS.indexOf(selector);
        assertThat(from).as(selector).isNotNegative();
        Matcher matcher = COLOUR.matcher(CSS.substring(from, CSS.indexOf('}', from)));
        Map<String, String> colours = new TreeMap<>();
        while (matcher.find()) {
            colours.put(matcher.group(1), matcher.group(2));
        }
        return new Theme(name, colours);
    }

    @ParameterizedTest
    @MethodSource("themes")
    void textCanBeReadOnEveryGround(Theme theme) {
        for (String token : List.of("ink", "muted", "accent", "running", "ok", "warn", "error", "idle")) {
            for (String ground : List.of("page", "panel")) {
                assertContrast(theme, token, ground, 4.5);
            }
        }
        for (String state : STATES) {
            assertContrast(theme, state, state + "-tint", 4.5);
            assertContrast(theme, "ink", state + "-tint", 4.5);
        }
        assertContrast(theme, "accent-ink", "accent", 4.5);
        assertContrast(theme, "danger-ink", "error", 4.5);
    }

    @ParameterizedTest
    @MethodSource("themes")
    void bordersOfControlsCanBeSeen(Theme theme) {
        assertContrast(theme, "control-border", "page", 3);
        assertContrast(theme, "control-border", "panel", 3);
        assertContrast(theme, "accent", "running-tint", 3);
    }

    @ParameterizedTest
    @MethodSource("themes")
    void chartColoursStandOutFromThePage(Theme theme) {
        Theme light = theme("light", ":root {");
        for (int i = 1; i <= 4; i++) {
            double contrast = light.colour("chart-" + i).contrast(theme.colour("page"));
            assertThat(contrast).as("chart-%s in %s", i, theme).isGreaterThanOrEqualTo(3);
        }
    }

    @ParameterizedTest
    @MethodSource("themes")
    void statesLookDifferentToColourBlindEyes(Theme theme) {
        EYES.forEach((eyes, matrix) -> {
            for (String one : STATES) {
                for (String other : STATES.subList(STATES.indexOf(one) + 1, STATES.size())) {
                    assertThat(seen(theme, one, matrix).differenceTo(seen(theme, other, matrix)))
                            .as("%s and %s in %s, seen by %s", one, other, theme, eyes)
                            .isGreaterThanOrEqualTo(9);
                }
            }
        });
    }

    @Test
    void darkByChoiceAndDarkByTheSystemAreTheSame() {
        assertThat(theme("system", ":root:not([data-theme=\"light\"]) {").colours())
                .isEqualTo(theme("dark", ":root[data-theme=\"dark\"] {").colours())
                .isNotEmpty();
    }

    @Test
    void onlyTokensHoldColours() {
        String rules = CSS.replaceAll("(?s)/\\*.*?\\*/", "").replaceAll("--[a-z0-9-]+:[^;]+;", "");
        assertThat(Pattern.compile("#[0-9A-Fa-f]{3,8}\\b(?=[^{}]*;)")
                        .matcher(rules)
                        .results())
                .isEmpty();
    }

    /** Pairs from the paper of Sharma, Wu and Dalal that puts implementations of CIEDE2000 to the test. */
    @ParameterizedTest
    @CsvSource({
        "50, 2.6772, -79.7751, 50, 0, -82.7485, 2.0425",
        "50, -1.3802, -84.2814, 50, 0, -82.7485, 1.0000",
        "50, 2.5, 0, 50, 0, -2.5, 4.3065",
        "50, 2.5, 0, 73, 25, -18, 27.1492",
        "50, 2.5, 0, 58, 24, 15, 19.4535",
        "63.0109, -31.0961, -5.8663, 62.8187, -29.7946, -4.0864, 1.2630",
        "22.7233, 20.0904, -46.6940, 23.0331, 14.9730, -42.5619, 2.0373",
        "2.0776, 0.0795, -1.1350, 0.9033, -0.0636, -0.5514, 0.9082"
    })
    void theDistanceIsTheOneOfTheStandard(
            double l1, double a1, double b1, double l2, double a2, double b2, double expected) {
        assertThat(new Rgb.Lab(l1, a1, b1).differenceTo(new Rgb.Lab(l2, a2, b2)))
                .isCloseTo(expected, within(0.0001));
    }

    private static Rgb.Lab seen(Theme theme, String token, double[] eyes) {
        return theme.colour(token).seenBy(eyes).lab();
    }

    private static void assertContrast(Theme theme, String token, String ground, double least) {
        assertThat(theme.colour(token).contrast(theme.colour(ground)))
                .as("%s on %s in %s", token, ground, theme)
                .isGreaterThanOrEqualTo(least);
    }
}
