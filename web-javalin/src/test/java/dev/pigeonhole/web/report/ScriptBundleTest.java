package dev.pigeonhole.web.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScriptBundleTest {
    private static String bundle(Map<String, String> modules) {
        return ScriptBundle.of("main.js", name -> {
            String text = modules.get(name);
            if (text == null) {
                throw new AssertionError("asked for " + name);
            }
            return text;
        });
    }

    @Test
    void whatIsImportedComesBeforeWhoImportsIt() {
        String script = bundle(Map.of(
                "main.js", "import './words.js';\nimport { a, b as c } from './in/one.js';\na(c);\n",
                "words.js", "register();\n",
                "in/one.js", "import {\n  d,\n} from '../two.js';\nexport function a() {}\nexport const b = d;\n",
                "two.js", "export class d {}\nexport async function e() {}\n"));
        assertThat(script.indexOf("modules['words.js']")).isPositive();
        assertThat(script.indexOf("modules['two.js'] =")).isLessThan(script.indexOf("modules['in/one.js'] ="));
        assertThat(script.indexOf("modules['in/one.js'] =")).isLessThan(script.indexOf("modules['main.js'] ="));
        assertThat(script)
                .contains("const { a, b: c } = modules['in/one.js'];")
                .contains("return { a, b };")
                .contains("return { d, e };")
                .contains("\nclass d {}")
                .contains("\nasync function e() {}");
        assertThat(Pattern.compile("(?m)^(import|export)\\b").matcher(script).find())
                .isFalse();
    }

    @Test
    void aModuleThatTwoImportIsThereOnce() {
        String script = bundle(Map.of(
                "main.js", "import { a } from './one.js';\nimport { b } from './two.js';\n",
                "one.js", "import { b } from './two.js';\nexport const a = b;\n",
                "two.js", "export const b = 1;\n"));
        assertThat(script.split(Pattern.quote("modules['two.js'] ="), -1)).hasSize(2);
    }

    @Test
    void aCircleIsRefused() {
        Map<String, String> modules = Map.of(
                "main.js", "import { a } from './one.js';\nexport const b = 1;\n",
                "one.js", "import { b } from './main.js';\nexport const a = 1;\n");
        assertThatThrownBy(() -> bundle(modules))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("circle");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "import * as all from './one.js';",
                "import one from './one.js';",
                "export default 1;",
                "export { a };",
                "export let a = 1;",
                "const a = () => import('./one.js');",
                "const text = '</script>';",
                "const text = '<!--';"
            })
    void aFormThatIsNotKnownIsRefused(String line) {
        assertThatThrownBy(() -> bundle(Map.of("main.js", line + "\n", "one.js", "export const a = 1;\n")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("main.js");
    }

    @Test
    void aCommentMayNameTypesOfModules() {
        String script =
                bundle(Map.of("main.js", "/**\n * @param {import('./one.js').One} one\n */\nexport const a = 1;\n"));
        assertThat(script).contains("@param");
    }
}
