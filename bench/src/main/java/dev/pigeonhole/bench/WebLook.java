package dev.pigeonhole.bench;

import java.util.List;
import java.util.Random;
import java.util.function.Function;

/**
 * A look at the job that a person takes with the page.
 *
 * @param name for people
 * @param path of the API behind that of the jobs, another each time
 */
record WebLook(String name, Function<Random, String> path) {

    /** All looks at a job with so many rows. */
    static List<WebLook> all(String job, long rows, List<String> categories) {
        Words words = new Words(rows, categories);
        String page = "/" + job + "/rows?limit=50";
        String facets = "/" + job + "/facets?";
        return List.of(
                new WebLook("rows, first page", random -> page),
                new WebLook("rows, deep page", random -> page + words.skip(random, 1)),
                new WebLook("rows of a category", random -> page + words.category(random)),
                new WebLook(
                        "rows of a category, doubtful first", random -> page + words.category(random) + "&sort=doubt"),
                new WebLook("rows of a status", random -> page + "&status=unmatched"),
                new WebLook("rows of a status, deep", random -> page + "&status=categorized" + words.skip(random, 0.9)),
                new WebLook("by confidence, first page", random -> page + "&sort=confidence"),
                new WebLook("by confidence, deep page", random -> page + "&sort=confidence" + words.skip(random, 1)),
                new WebLook(
                        "by confidence backwards, deep", random -> page + "&sort=-confidence" + words.skip(random, 1)),
                new WebLook("by category, deep page", random -> page + "&sort=category" + words.skip(random, 1)),
                new WebLook("search, a common word", random -> page + "&q=card"),
                new WebLook("search, a common word, by doubt", random -> page + "&q=card&sort=doubt"),
                new WebLook("search, a rare word", random -> page + "&q=" + words.customer(random)),
                new WebLook("search, two letters", random -> page + "&q=" + words.letters(random)),
                new WebLook("search, a word in a category", random -> page + "&q=my" + words.category(random)),
                new WebLook("facets", random -> facets),
                new WebLook("facets of a category", random -> facets + words.category(random)),
                new WebLook("facets of a search", random -> facets + "&q=card"),
                new WebLook("one row", random -> "/" + job + "/rows/" + (1 + words.row(random))),
                new WebLook("jobs", random -> ""),
                new WebLook("the job", random -> "/" + job));
    }

    /** What a person types or clicks. */
    private record Words(long rows, List<String> categories) {
        long row(Random random) {
            return (long) (random.nextDouble() * rows);
        }

        String skip(Random random, double part) {
            return "&skip=" + (long) (row(random) * part);
        }

        String category(Random random) {
            return "&category=" + categories.get(random.nextInt(categories.size()));
        }

        String customer(Random random) {
            return WebJob.customer(random.nextInt(WebJob.CUSTOMERS));
        }

        String letters(Random random) {
            return List.of("ca", "my", "to", "ho", "ta", "ri").get(random.nextInt(6));
        }
    }
}
