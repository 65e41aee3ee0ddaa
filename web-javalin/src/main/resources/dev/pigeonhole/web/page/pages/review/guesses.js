// Which of many categories get a key for a row: those whose words the row shares. A help for the hand, not a verdict.

/**
 * @param {{name: string, description?: string, keywords?: string[], examples?: string[]}[]} categories
 * @returns {(text: string, first: string | null, most: number) => string[]} names, the likeliest first; `first` leads where there is one
 */
export function guesser(categories) {
  const bags = categories.map((each) => [
    each.name,
    wordsOf([each.name, each.description, ...(each.keywords || []), ...(each.examples || [])].join(' ')),
  ]);
  const spread = new Map();
  bags.forEach(([, bag]) => bag.forEach((word) => spread.set(word, (spread.get(word) || 0) + 1)));
  const weight = (word) => Math.log(1 + bags.length / spread.get(word));
  return (text, first, most) => {
    const words = [...wordsOf(text)].filter((word) => spread.has(word));
    const score = ([, bag]) =>
      words.reduce((sum, word) => sum + (bag.has(word) ? weight(word) : 0), 0) / Math.sqrt(bag.size || 1);
    const ranked = bags
      .map((bag) => [bag[0], score(bag)])
      .sort((a, b) => b[1] - a[1])
      .map(([name]) => name);
    return [...new Set([first, ...ranked])].filter(Boolean).slice(0, most);
  };
}

// Words of one or two letters say little; the ends of longer ones (-s, -ed, -ing) say nothing.
function wordsOf(text) {
  const words =
    text
      .normalize('NFKC')
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) || [];
  return new Set(words.filter((word) => word.length > 2).map((word) => word.replace(/(?<=.{3})(ing|ed|es|s)$/, '')));
}
