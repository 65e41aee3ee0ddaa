package dev.pigeonhole.web.guard;

import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;

/** What every answer says to the browser: run nothing but our own files, tell nobody, keep nothing. Stateless. */
final class AnswerHeaders {
    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
                    + " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none';"
                    + " require-trusted-types-for 'script'; trusted-types 'none'";

    private static final Map<String, String> ALWAYS = always();

    private AnswerHeaders() {}

    private static Map<String, String> always() {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Security-Policy", POLICY);
        headers.put("X-Content-Type-Options", "nosniff");
        headers.put("X-Frame-Options", "DENY");
        headers.put("Referrer-Policy", "no-referrer");
        headers.put("Cross-Origin-Opener-Policy", "same-origin");
        headers.put("Cross-Origin-Resource-Policy", "same-origin");
        headers.put("Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=(), usb=()");
        return headers;
    }

    /** Adds them, and takes out what would say too much. A {@code Cache-Control} that is there stays. */
    static void put(HttpFields.Mutable fields) {
        ALWAYS.forEach((name, value) -> fields.put(new HttpField(name, value)));
        if (!fields.contains(HttpHeader.CACHE_CONTROL)) {
            fields.put(HttpHeader.CACHE_CONTROL, "no-store");
        }
        fields.remove(HttpHeader.SERVER);
        fields.remove(HttpHeader.X_POWERED_BY);
    }
}
