package dev.pigeonhole.browser;

import com.deque.html.axecore.results.CheckedNode;
import com.deque.html.axecore.results.Results;
import com.deque.html.axecore.results.Rule;
import com.deque.html.axecore.selenium.AxeBuilder;
import java.util.List;
import java.util.stream.Collectors;

/** Checks a page with axe-core for what keeps people from using it: WCAG 2.0 to 2.2, levels A and AA. Stateless. */
public final class Axe {
    private static final List<String> TAGS = List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa");

    private Axe() {}

    /** What is wrong with the page that the browser shows: one text per rule, with the places. Empty if nothing is. */
    public static List<String> violations(Browser browser) {
        return found(browser, new AxeBuilder().withTags(TAGS));
    }

    /** As {@link #violations}, of contrast alone: all that other colours can spoil. */
    public static List<String> contrasts(Browser browser) {
        return found(browser, new AxeBuilder().withRules(List.of("color-contrast")));
    }

    @SuppressWarnings("deprecation")
    private static List<String> found(Browser browser, AxeBuilder axe) {
        // In the page itself: the other way opens a second tab, which the pages of a test would notice.
        Results results = axe.setLegacyMode(true).analyze(browser.driver());
        if (results.isErrored()) {
            throw new IllegalStateException("axe did not run: " + results.getErrorMessage());
        }
        return results.getViolations().stream().map(Axe::text).toList();
    }

    private static String text(Rule rule) {
        return rule.getId() + " (" + rule.getImpact() + "): " + rule.getHelp() + ", "
                + rule.getNodes().stream().map(Axe::text).collect(Collectors.joining("; "));
    }

    private static String text(CheckedNode node) {
        return "at " + node.getTarget() + " " + node.getHtml() + " " + node.getFailureSummary();
    }
}
