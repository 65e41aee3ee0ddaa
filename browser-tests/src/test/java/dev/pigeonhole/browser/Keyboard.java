package dev.pigeonhole.browser;

import java.util.Optional;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.NotFoundException;
import org.openqa.selenium.interactions.Actions;

/** Uses a page by keys alone, and looks at each stop whether the eye can find the focus. Not thread-safe. */
final class Keyboard {
    /** A page has no more stops than this on the way to anything. */
    private static final int MOST_STOPS = 150;

    /** Empty if the focus can be seen; else what has it. */
    private static final String UNSEEN = """
            const focused = document.activeElement;
            if (!focused || focused === document.body) return '';
            const shown = [focused, focused.closest('label')].filter(Boolean).some((each) => {
                const style = getComputedStyle(each);
                return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 1;
            });
            const box = (focused.closest('label.button') || focused).getBoundingClientRect();
            const inSight = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
            return shown && inSight ? '' : (shown ? 'out of sight: ' : 'no outline: ') + focused.outerHTML.slice(0, 300);
            """;

    private static final String IS_FOCUSED =
            "return Boolean(document.activeElement && document.activeElement.matches(arguments[0]))";
    private static final String STOP = """
            window.lastStop = window.thisStop;
            window.thisStop = document.activeElement;
            return window.lastStop === window.thisStop && document.activeElement !== document.body;
            """;

    private final Browser browser;

    Keyboard(Browser browser) {
        this.browser = browser;
    }

    void press(CharSequence... keys) {
        new Actions(browser.driver()).sendKeys(keys).perform();
    }

    /** Goes to what fits the selector, stop by stop. */
    Keyboard to(String selector) {
        browser.find(By.cssSelector(selector));
        return go(selector, false);
    }

    /** As {@link #to}, the other way round. */
    Keyboard backTo(String selector) {
        return go(selector, true);
    }

    /** As often as it takes to come back to the first stop of the page. */
    void around() {
        to("a.skip-link");
        to("main a, main button, main input");
        to("a.skip-link");
    }

    boolean isAt(String selector) {
        return Boolean.TRUE.equals(browser.driver().executeScript(IS_FOCUSED, selector));
    }

    private Keyboard go(String selector, boolean back) {
        browser.driver().executeScript("window.thisStop = null");
        for (int stops = 0; stops < MOST_STOPS; stops++) {
            if (back) {
                new Actions(browser.driver())
                        .keyDown(Keys.SHIFT)
                        .sendKeys(Keys.TAB)
                        .keyUp(Keys.SHIFT)
                        .perform();
            } else {
                press(Keys.TAB);
            }
            requireSeen();
            if (isAt(selector)) {
                return this;
            }
        }
        throw new AssertionError("no way by keys to " + selector + " at "
                + browser.driver().getCurrentUrl() + " " + browser.screenshot("no way"));
    }

    private void requireSeen() {
        if (Boolean.TRUE.equals(browser.driver().executeScript(STOP))) {
            throw new AssertionError("trapped at " + browser.driver().switchTo().activeElement());
        }
        // What scrolls into sight may take a moment.
        browser.await("focus to be seen", () -> {
            Object unseen = browser.driver().executeScript(UNSEEN);
            return "".equals(unseen) ? Optional.of(true) : notYet(unseen);
        });
    }

    private static Optional<Boolean> notYet(Object unseen) {
        throw new NotFoundException(String.valueOf(unseen));
    }
}
