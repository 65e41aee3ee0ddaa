package dev.pigeonhole.llm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pigeonhole.core.Category;
import dev.pigeonhole.core.Item;
import dev.pigeonhole.core.Outcome;
import dev.pigeonhole.core.Taxonomy;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LabelsTest {
    private final Labels labels =
            new Labels(Taxonomy.of("Billing", "Account access", "N/A", "Straße", "a-b", "a b"), "m");

    @ParameterizedTest
    @CsvSource({
        "Billing,Billing",
        "BILLING,Billing",
        "' billing ',Billing",
        "account_access,Account access",
        "Account-Access,Account access",
        "'Account   access',Account access",
        "Ｂｉｌｌｉｎｇ,Billing",
        "STRASSE,Straße",
        "n/a,N/A",
        "a-b,a-b",
        "a b,a b"
    })
    void variantsInCaseSpaceAndWidthAreTheName(String word, String name) {
        assertThat(labels.find(word)).contains(Outcome.categorized(name, "m"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Invoices", "Bill", "Billings", "Billing.", "Accountaccess", "A_B", "A-B", "", " ", "na", "1"})
    void synonymsNeighboursAndWhatFitsTwoNamesAreNoName(String word) {
        assertThat(labels.find(word)).isEmpty();
    }

    @Test
    void escapeMeansUnmatched() {
        assertThat(labels.escape()).contains("__none__");
        assertThat(labels.find("__none__")).contains(Outcome.unmatched("m"));
        assertThat(labels.find("None")).contains(Outcome.unmatched("m"));
    }

    @Test
    void categoriesNamedLikeTheEscapeGetAnotherEscape() {
        Labels own = new Labels(Taxonomy.of("__none__", "__no_category__", "Unmatched"), "m");
        assertThat(own.escape()).contains("__none_2__");
        assertThat(own.find("__none__")).contains(Outcome.categorized("__none__", "m"));
        assertThat(own.find("none")).contains(Outcome.categorized("__none__", "m"));
        assertThat(own.find("__none_2__")).contains(Outcome.unmatched("m"));
    }

    @Test
    void withoutEscapeNothingMeansUnmatched() {
        Labels own = new Labels(new Taxonomy("", List.of(Category.of("A")), false), "m");
        assertThat(own.escape()).isEmpty();
        assertThat(own.words()).containsExactly("A");
        assertThat(own.find("__none__")).isEmpty();
    }

    @Test
    void aCategoryNamedLikeTheEscapeWorksEndToEnd() {
        Taxonomy taxonomy = Taxonomy.of("__none__", "Billing");
        Bench bench = new Bench(ScriptedChatModel.honest(), taxonomy, LlmSettings.defaults(), 10);
        Rounds rounds = bench.ask(List.of(new Item(1, "x about __none__"), new Item(2, "x about __no_category__")));
        assertThat(rounds.of(1)).isEqualTo("__none__");
        assertThat(rounds.of(2)).isEqualTo("-");
    }
}
