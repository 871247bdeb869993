import { type Context, type Emitter, toValue } from 'liquidjs';
import { markLines } from './html-lines.ts';

/** Longest template, and units of memory (list entries, characters of filters). */
export const limits = { parseLimit: 200_000, memoryLimit: 1_000_000 };
/** Pieces that are filled in, each turn of a loop anew: the same on any machine, however busy it is. */
const mostSteps = 5_000;

export function countSteps({ renderLimit }: Context): void {
  let steps = 0;
  renderLimit.check = () => {
    steps += 1;
    if (steps > mostSteps) throw new Error('template render limit exceeded');
  };
}

/** Names and tags of one template: finding out where each stands takes longer the more there are. */
export const mostTags = 1_000;
export const longestOutput = 1_000_000;

/** Collects the output and stops when it grows beyond `longestOutput` characters. */
export function boundedEmitter(): Emitter {
  return {
    buffer: '',
    write(part: unknown) {
      this.buffer += outputText(part);
      if (this.buffer.length > longestOutput) throw new Error(`the text is longer than ${longestOutput} characters`);
    },
  };
}

/** A value as people read it: lists joined, nothing for nothing. */
export function outputText(given: unknown): string {
  const part: unknown = toValue(given);
  if (part === null || part === undefined) return '';
  if (Array.isArray(part))
    return part
      .map(outputText)
      .filter((text) => text !== '')
      .join(', ');
  return String(part);
}

/** The same as text inside html, never as markup; its line ends are marked (`showLines`). */
export function outputHtml(value: unknown): string {
  return markLines(outputText(value)).replace(/[&<>"']/g, (character) => entities[character] ?? character);
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&#34;',
  "'": '&#39;',
};
