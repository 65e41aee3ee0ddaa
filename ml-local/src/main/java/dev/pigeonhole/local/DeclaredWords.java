package dev.pigeonhole.local;

import dev.pigeonhole.core.Category;
import dev.pigeonhole.core.Taxonomy;

/** The words of the categories' names and keywords, without those that too many categories share to tell anything. Immutable. */
final class DeclaredWords {
    private final boolean[] telling;

    private DeclaredWords(boolean[] telling) {
        this.telling = telling;
    }

    static DeclaredWords of(Taxonomy taxonomy, Vectorizer vectorizer) {
        int[] users = new int[vectorizer.features()];
        for (Category category : taxonomy.categories()) {
            SparseVector words = vectorizer.vector(Lesson.declared(category));
            for (int i = 0; i < words.size(); i++) {
                if (vectorizer.isWord(words.feature(i))) {
                    users[words.feature(i)]++;
                }
            }
        }
        int most = mostUsers(taxonomy.categories().size());
        boolean[] telling = new boolean[users.length];
        for (int i = 0; i < users.length; i++) {
            telling[i] = users[i] > 0 && users[i] <= most;
        }
        return new DeclaredWords(telling);
    }

    /** 1 of up to 15 categories, 4 of 77, 22 of 2,000: more share the words of every sentence, or of the trade. */
    private static int mostUsers(int categories) {
        return Math.max(1, (int) (Math.sqrt(categories) / 2));
    }

    boolean anyIn(SparseVector text) {
        for (int i = 0; i < text.size(); i++) {
            if (telling[text.feature(i)]) {
                return true;
            }
        }
        return false;
    }
}
