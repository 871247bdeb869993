import { expect, it } from 'vitest';
import { forgetKept, keepFor } from './kept-in-browser.ts';

/** A storage as browsers have it: what is kept are its own properties. */
function storage(kept: Record<string, string>) {
  const methods = {
    getItem: (name: string) => kept[name] ?? null,
    setItem: (name: string, value: string) => {
      kept[name] = value;
    },
    removeItem: (name: string) => {
      delete kept[name];
    },
  };
  return new Proxy(methods, {
    ownKeys: () => Object.keys(kept),
    getOwnPropertyDescriptor: (_, name) => ({ value: kept[String(name)], enumerable: true, configurable: true }),
  });
}
const left = () => ({ 'signalbox.language': 'pl', 'signalbox.draft.1.deal': '{"rules":[]}', 'email-7-new': 'Dear' });

it('who signs out leaves the language alone', () => {
  const kept = left();
  forgetKept([storage(kept)]);
  expect(kept).toEqual({ 'signalbox.language': 'pl' });
});

it('who comes back finds their drafts, and somebody else does not', () => {
  const kept: Record<string, string> = left();
  keepFor('1 12', [storage(kept)]);
  keepFor('1 12', [storage(kept)]);
  expect(kept).toMatchObject(left());
  keepFor('1 13', [storage(kept)]);
  expect(kept).toEqual({ 'signalbox.language': 'pl', 'signalbox.whose': '1 13' });
});
