package dev.pigeonhole.browser;

import dev.pigeonhole.fakellm.Oracle;
import java.util.List;
import java.util.Map;

/** What a support desk gets, into which categories it goes, and who knows it. Stateless. */
final class Tickets {
    private static final List<String> TEXTS = List.of(
            "I see two payments of 29.90 on my invoice, but I only ordered once. Please give one back.",
            "My password is refused although I changed it yesterday. The reset mail never comes.",
            "The parcel should have been here on Monday, and the tracking page has not changed since.",
            "The kettle arrived with a cracked lid. Can you replace it?",
            "How do I add a second user to our account, and what does it cost?",
            "Just wanted to say thank you for the quick help last week!",
            "There is a charge of 12.00 on the invoice of March that nobody here can explain.",
            "The parcel was left in front of the wrong house, the neighbours say.");

    /** Of each text, the team. */
    private static final List<String> TEAMS =
            List.of("Billing", "Login", "Delivery", "Defect", "Account", "", "Billing", "Delivery");

    private Tickets() {}

    /** Rows that name their customers; one in twenty has no text. */
    static String csv(int rows) {
        StringBuilder csv = new StringBuilder("id,text,channel\n");
        for (int row = 1; row <= rows; row++) {
            String text = row % 20 == 0 ? "" : TEXTS.get(row * 5 % TEXTS.size()) + " Customer " + row + ".";
            csv.append("T-").append(10_000 + row).append(",\"").append(text).append("\",");
            csv.append(row % 3 == 0 ? "mail" : "chat").append('\n');
        }
        return csv.toString();
    }

    /** The same with the team to which each row belongs, as somebody said who was wrong or silent at times. */
    static String labelled(int rows) {
        List<String> lines = csv(rows).lines().toList();
        StringBuilder csv = new StringBuilder(lines.get(0)).append(",team\n");
        for (int row = 1; row <= rows; row++) {
            csv.append(lines.get(row)).append(',').append(team(row)).append('\n');
        }
        return csv.toString();
    }

    private static String team(int row) {
        if (row % 31 == 0) {
            return "Sales";
        }
        return TEAMS.get((row % 7 == 0 ? row * 3 : row * 5) % TEAMS.size());
    }

    /** What a text of a customer holds, and no other. */
    static String marker(int row) {
        return "Customer " + row + ".";
    }

    static Map<String, ?> categories() {
        return Map.of(
                "task",
                "Decide which team of the support desk should get a ticket.",
                "allowUnmatched",
                true,
                "categories",
                List.of(
                        category("Billing", "Charges, refunds and invoices", "invoice", "payment"),
                        category("Login", "Passwords, codes, and accounts that are locked", "password"),
                        category("Delivery", "Parcels that are late, lost or at the wrong place", "parcel", "tracking"),
                        category("Defect", "Something arrived broken or stopped working", "cracked", "broken"),
                        category("Account", "Users, rights and plans", "second user")));
    }

    static Map<String, ?> category(String name, String description, String... keywords) {
        return Map.of("name", name, "description", description, "keywords", List.of(keywords), "examples", List.of());
    }

    static Oracle oracle() {
        return Oracle.byKeywords(Map.of(
                "invoice",
                "Billing",
                "password",
                "Login",
                "parcel",
                "Delivery",
                "kettle",
                "Defect",
                "second user",
                "Account"));
    }
}
