package dev.pigeonhole.web.job;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RowTextTest {
    @Test
    void aLongIdIsCutToo() {
        assertThat(new RowText(1, "x".repeat(200), "").cut().id()).hasSize(200);
        assertThat(new RowText(1, "x".repeat(201), "").cut().id()).isEqualTo("x".repeat(200) + "…");
    }

    @Test
    void aLongTextIsCutBetweenCharacters() {
        assertThat(new RowText(1, "", "x".repeat(500)).cut().text()).hasSize(500);
        assertThat(new RowText(1, "", "x".repeat(501)).cut().text()).isEqualTo("x".repeat(500) + "…");
        assertThat(new RowText(1, "", "x".repeat(499) + "😀y").cut().text()).isEqualTo("x".repeat(499) + "…");
    }
}
