package dev.pigeonhole.web.report;

import dev.pigeonhole.core.StorageException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** The files of the page, out of the jar. Stateless. */
final class PageFile {
    private static final String FOLDER = "/dev/pigeonhole/web/page/";

    private PageFile() {}

    /** Its text, with line feeds only, as browsers count a script's digest. */
    static String text(String name) {
        try (InputStream in = PageFile.class.getResourceAsStream(FOLDER + name)) {
            if (in == null) {
                throw new IllegalArgumentException("the page has no file " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
        } catch (IOException e) {
            throw new StorageException("the page's file " + name + " cannot be read from the jar", e);
        }
    }
}
