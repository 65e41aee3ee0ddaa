package dev.pigeonhole.llm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTextTest {
    private static final String SPECIAL = "\"\\/<>\n\r\t\b\u0000\u007f\u009f\u00a0\u2027\u2028\u2029\u202a";

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void aTextIsOneLineOfJsonWithoutBracketsAndNoLongerThanForetold(long seed) throws JsonProcessingException {
        Random random = new Random(seed);
        ObjectMapper json = new ObjectMapper();
        for (int i = 0; i < 2_000; i++) {
            String text = random.ints(random.nextInt(20), 0, 0x3000)
                    .map(c -> random.nextBoolean() ? SPECIAL.charAt(c % SPECIAL.length()) : c)
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString();
            String quoted = JsonText.quote(text);
            assertThat(json.readValue(quoted, String.class)).as("seed %d", seed).isEqualTo(text);
            assertThat(quoted).doesNotContainPattern("[<>\\p{Cc}\u2028\u2029]");
            assertThat(quoted.getBytes(StandardCharsets.UTF_8).length - 2)
                    .as("seed %d", seed)
                    .isLessThanOrEqualTo(JsonText.mostBytes(text));
        }
    }
}
