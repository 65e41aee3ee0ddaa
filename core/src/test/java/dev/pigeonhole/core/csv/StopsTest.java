package dev.pigeonhole.core.csv;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class StopsTest {
    private static final String FEW = "ab ,;|\t\"\n\r\0\u0430\u042c\u212c\ud83d\ude42\uffff";

    @RepeatedTest(20)
    void noneOfTheWantedCharactersIsPassedOver() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        char wanted = FEW.charAt(random.nextInt(FEW.length()));
        Stops stops = Stops.at(wanted, '\n');
        char[] text = new char[200];
        for (int i = 0; i < text.length; i++) {
            text[i] = FEW.charAt(random.nextInt(FEW.length()));
        }
        int next = stops.next(text, 0, text.length);
        for (int i = 0; i < text.length; i++) {
            assertThat(next).as("seed %d, place %d", seed, i).isGreaterThanOrEqualTo(i);
            if (text[i] == wanted || text[i] == '\n') {
                assertThat(next).as("seed %d", seed).isEqualTo(i);
            }
            next = next == i ? stops.next(text, i + 1, text.length) : next;
        }
    }

    @Test
    void endsWhereItIsTold() {
        assertThat(Stops.at(',').next("a,b".toCharArray(), 0, 1)).isEqualTo(1);
        assertThat(Stops.at(',').next("a,b".toCharArray(), 2, 2)).isEqualTo(2);
        assertThat(Stops.at(FieldScanner.NO_DELIMITER).next("a,b".toCharArray(), 0, 3))
                .isEqualTo(3);
    }
}
