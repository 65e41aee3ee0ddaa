package dev.pigeonhole.web.guard;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientNameTest {
    @ParameterizedTest
    @CsvSource({
        "tickets.csv, tickets.csv",
        "../../etc/passwd, passwd",
        "C:\\Users\\me\\Tickets Mai.csv, Tickets Mai.csv",
        "Übersicht 2026 – тест 表.csv, Übersicht 2026 – тест 表.csv",
        "a\u202Egpj.csv, agpj.csv",
        "'a\nb\r\t\0.csv', ab.csv",
        "\u001b[31mred.csv, [31mred.csv",
        "\uD800.csv, .csv",
        "'', data.csv",
        "'   ', data.csv",
        ".., data.csv",
        "/, data.csv"
    })
    void onlyWhatAPersonCanReadIsLeft(String said, String shown) {
        assertThat(ClientName.of(said)).isEqualTo(shown);
    }

    @Test
    void longNamesAreCutBetweenCharacters() {
        assertThat(ClientName.of("x".repeat(5000))).hasSize(120);
        String faces = ClientName.of("\uD83D\uDE00".repeat(5000));
        assertThat(faces.length()).isLessThanOrEqualTo(120);
        assertThat(faces.codePoints()).allMatch(c -> c == 0x1F600);
    }
}
