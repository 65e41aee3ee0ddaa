package dev.pigeonhole.web.job;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DownloadNameTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "tickets.csv | attachment; filename=\"tickets.csv\"; filename*=UTF-8''tickets.csv",
                "Überweisung 1.csv | attachment; filename=\"Uberweisung 1.csv\"; filename*=UTF-8''%C3%9Cberweisung%201.csv",
                "表.csv | attachment; filename=\"_.csv\"; filename*=UTF-8''%E8%A1%A8.csv",
                "a*b.csv | attachment; filename=\"a*b.csv\"; filename*=UTF-8''a%2Ab.csv",
            })
    void namesAFileForOldAndNewClients(String name, String header) {
        assertThat(Download.attachment(name)).isEqualTo(header);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "../../etc/passwd | _.._etc_passwd",
                "a\"b;c.csv | a_b_c.csv",
                "... | result",
                "`x\r\nSet-Cookie: a` | x_Set-Cookie_ a",
            })
    void whatMeansSomethingToAFileSystemOrAHeaderIsLeftOut(String name, String harmless) {
        assertThat(Download.harmless(name)).isEqualTo(harmless);
    }
}
