package dev.pigeonhole.local;

/** Says how well each category fits a text. Immutable, thread-safe. */
interface Scorer {
    /** One score per category, in the order of the taxonomy; higher fits better; all are 0 for the empty vector. */
    float[] scores(SparseVector text);

    /** The factor that makes the scores logits of honest probabilities; see {@link Probabilities}. */
    float sharpness();

    /** Names the method, for the fingerprint. */
    String method();
}
