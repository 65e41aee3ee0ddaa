package dev.pigeonhole.web.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What must hold for every file of the page, whoever wrote it. */
class PageFilesTest {
    private static final String SVG_NAMESPACE = "http://www.w3.org/2000/svg";
    private static final int MOST_BYTES_ON_THE_WAY = 150_000;
    private static final int MOST_LINES = 400;
    private static final Pattern KEY = Pattern.compile("(?m)^\\s+'([\\w.-]+)':");
    private static final Pattern USED = Pattern.compile("\\bt\\('([\\w.-]+)'([^)]?)");
    private static final Pattern IMPORTED = Pattern.compile("(?:from|import\\(?)\\s*'(\\.{1,2}/[^']+)'");

    private final PageFiles files = new PageFiles();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "innerHTML",
                "outerHTML",
                "insertAdjacentHTML",
                "document.write",
                "DOMParser",
                "createContextualFragment",
                "srcdoc",
                "\\beval\\b",
                "new Function",
                "setAttribute\\('style'",
                "cssText",
                "set(?:Timeout|Interval)\\(\\s*['\"`]"
            })
    void noScriptMakesMarkupOrCodeOfText(String forbidden) {
        assertNowhere(files.withEnding(".js"), Pattern.compile(forbidden));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\sstyle\\s*=", "\\son[a-z]+\\s*=", "<style", "<script(?![^>]*\\ssrc=)", "javascript:"})
    void theShellHoldsNoInlineStyleOrScript(String forbidden) {
        assertNowhere(files.withEnding(".html"), Pattern.compile(forbidden));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\.js", "\\.css", "\\.html", "\\.svg"})
    void nothingIsFetchedFromElsewhere(String ending) {
        Map<String, String> texts = files.withEnding(ending.substring(1));
        assertThat(texts).isNotEmpty();
        texts.replaceAll((name, text) -> text.replace(SVG_NAMESPACE, ""));
        assertNowhere(texts, Pattern.compile("(?:https?|wss?):/?/?\\w|['\"(]//\\w|@import"));
    }

    @Test
    void everyImportLeadsToAFile() {
        Map<String, String> scripts = files.withEnding(".js");
        Set<String> broken = new TreeSet<>();
        scripts.forEach((name, text) -> IMPORTED.matcher(text).results().forEach(found -> {
            String target = resolved(name, found.group(1));
            if (!scripts.containsKey(target)) {
                broken.add(name + " imports " + target);
            }
        }));
        assertThat(broken).isEmpty();
    }

    @Test
    void everyKeyHasItsCopyAndNoCopyStandsTwice() {
        Map<String, String> scripts = files.withEnding(".js");
        Map<String, Long> copy = new TreeMap<>();
        scripts.forEach((name, text) -> {
            if (name.startsWith("words")) {
                KEY.matcher(text).results().forEach(found -> copy.merge(found.group(1), 1L, Long::sum));
            }
        });
        assertThat(copy.entrySet().stream().filter(entry -> entry.getValue() > 1))
                .isEmpty();
        assertThat(missing(scripts, copy.keySet())).isEmpty();
    }

    @Test
    void allPagesTogetherAreSmallOnTheirWay() throws IOException {
        int bytes = 0;
        for (String ending : Set.of(".js", ".css", ".html", ".svg")) {
            for (String text : files.withEnding(ending).values()) {
                bytes += zipped(text);
            }
        }
        assertThat(bytes).isLessThan(MOST_BYTES_ON_THE_WAY);
    }

    @Test
    void scriptsStaySmallEnoughToBeRead() {
        files.withEnding(".js").forEach((name, text) -> {
            if (!name.startsWith("words")) {
                assertThat(text.lines().count()).as(name).isLessThan(MOST_LINES);
            }
        });
    }

    /** Keys that end in a dot are the begin of several: {@code t('state.' + state)}. */
    private static Set<String> missing(Map<String, String> scripts, Set<String> copy) {
        return scripts.values().stream()
                .flatMap(text -> USED.matcher(text).results())
                .map((MatchResult found) -> found.group(1))
                .filter(key ->
                        key.endsWith(".") ? copy.stream().noneMatch(each -> each.startsWith(key)) : !copy.contains(key))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String resolved(String from, String relative) {
        return Path.of(from).resolveSibling(relative).normalize().toString().replace('\\', '/');
    }

    private static int zipped(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
            zip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.size();
    }

    private static void assertNowhere(Map<String, String> texts, Pattern forbidden) {
        Set<String> places = new TreeSet<>();
        texts.forEach((name, text) -> forbidden.matcher(text).results().forEach(found -> {
            long line = text.substring(0, found.start()).lines().count();
            places.add(name + " line " + line + ": " + found.group());
        }));
        assertThat(places).isEmpty();
    }
}
