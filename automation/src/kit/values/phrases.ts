import { foldedText, normalText } from './normal-form.ts';

export type PhraseMatch = 'exact' | 'ignoreCase' | 'allWords';

/** Whether a message contains the phrase as whole words; runs of white space are equal (triggers.md, `chat/message`). */
export function hasPhrase(message: string, phrase: string, match: PhraseMatch): boolean {
  if (match === 'exact') return hasWords(normalText(message), normalText(phrase));
  const [text, wanted] = [foldedText(message), foldedText(phrase)];
  return match === 'ignoreCase' ? hasWords(text, wanted) : wanted.split(' ').every((word) => hasWords(text, word));
}

function hasWords(text: string, words: string): boolean {
  for (let at = text.indexOf(words); at !== -1; at = text.indexOf(words, at + 1)) {
    if (!goesOn(text, at, words) && !startsInside(text, at, words)) return true;
  }
  return false;
}

const inWord = /[\p{L}\p{N}_\p{M}]/u;

function startsInside(text: string, at: number, words: string): boolean {
  return at > 0 && inWord.test(words.charAt(0)) && inWord.test(text.charAt(at - 1));
}

function goesOn(text: string, at: number, words: string): boolean {
  const end = at + words.length;
  return end < text.length && inWord.test(words.charAt(words.length - 1)) && inWord.test(text.charAt(end));
}
