package dev.pigeonhole.local;

/** Finds weights that tell the labels of texts apart. */
interface LinearTrainer {
    /**
     * Learns from some of the texts. The same texts give the same weights.
     *
     * @param texts their numbers, ascending
     */
    LinearWeights train(int[] texts);

    /** Names the method, for the card. */
    String method();
}
