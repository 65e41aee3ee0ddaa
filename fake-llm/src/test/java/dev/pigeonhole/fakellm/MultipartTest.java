package dev.pigeonhole.fakellm;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MultipartTest {
    private static final String FORM = "--b\r\nContent-Disposition: form-data; name=\"purpose\"\r\n\r\nbatch\r\n"
            + "--b\r\ncontent-disposition: form-data; name=\"empty\"\r\n\r\n\r\n"
            + "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a b.jsonl\"\r\n"
            + "Content-Type: application/octet-stream\r\n\r\n\r\n--\r\n--a\r\n\r\n\r\n--b--";

    private static Optional<Multipart> read(String contentType, String body) {
        return Multipart.read(contentType, body.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(strings = {"multipart/form-data; boundary=b", "Multipart/Form-Data; charset=x; boundary=\"b\""})
    void theFieldsAndTheFileAreFound(String contentType) {
        byte[] body = ("before\r\n" + FORM).getBytes(StandardCharsets.UTF_8);
        Multipart form = Multipart.read(contentType, body).orElseThrow();

        assertThat(form.value("purpose")).isEqualTo("batch");
        assertThat(form.value("empty")).isEmpty();
        assertThat(form.value("none")).isEmpty();
        Multipart.Part file = form.part("file").orElseThrow();
        assertThat(file.fileName()).isEqualTo("a b.jsonl");
        assertThat(new String(Arrays.copyOfRange(body, file.from(), file.to()), StandardCharsets.UTF_8))
                .isEqualTo("\r\n--\r\n--a\r\n\r\n");
    }

    @Test
    void theFormMayBeginAtOnce() {
        assertThat(read("multipart/form-data; boundary=b", FORM)).isPresent();
    }

    @Test
    void aFormThatIsNotWholeIsNone() {
        for (int length = 0; length < FORM.length(); length++) {
            assertThat(read("multipart/form-data; boundary=b", FORM.substring(0, length)))
                    .as("%d characters", length)
                    .isEmpty();
        }
    }

    @Test
    void anythingElseIsNoForm() {
        assertThat(read("application/json", FORM)).isEmpty();
        assertThat(read("multipart/form-data", FORM)).isEmpty();
        assertThat(read("multipart/form-data; boundary=c", FORM)).isEmpty();
    }
}
