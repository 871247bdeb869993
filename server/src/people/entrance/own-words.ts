const PRODUCT = 'signalbox';
const SHORTEST_WORD = 3;
/** So many letters beside them are a word of one's own. */
const LETTERS_OF_ONES_OWN = 6;

/**
 * Is this a password of words that whoever guesses knows: the product, and what `texts` say - the company, the person, their address -
 * with digits, signs and a few letters around them? Of at least 12 characters; shorter ones are refused before.
 */
export function isOfOwnWords(password: string, texts: readonly string[]): boolean {
  const plain = plainOf(password);
  const words = [PRODUCT, ...texts.flatMap((text) => plainOf(text).split(/[^\p{L}\p{N}]+/u))]
    .filter(({ length }) => length >= SHORTEST_WORD)
    .toSorted((one, other) => other.length - one.length);
  const rest = words.reduce((text, word) => text.replaceAll(word, ' '), plain);
  return rest !== plain && rest.replace(/[^\p{L}]/gu, '').length < LETTERS_OF_ONES_OWN;
}

// Without accents: Łukasz is guessed as Lukasz too.
const plainOf = (text: string) =>
  text.toLowerCase().normalize('NFKD').replace(/\p{M}/gu, '').replaceAll('ł', 'l').replaceAll('ß', 'ss');
