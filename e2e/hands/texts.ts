import fs from 'node:fs';
import path from 'node:path';

const folder = path.resolve(import.meta.dirname, '../../web/src/i18n');
/** The folders beside the texts that every screen shares: `automation`, `lists` … */
const namespaces = fs
  .readdirSync(folder, { withFileTypes: true })
  .flatMap((entry) => (entry.isDirectory() ? [entry.name] : []));

/** What the screens speak. */
export const spoken = fs.readdirSync(folder).flatMap((file) => /^(\w+)\.json$/.exec(file)?.[1] ?? []);

/** The first words of all keys: a text that begins with one and goes on with a dot is a translation that is missing. */
export function keyHeads(): readonly string[] {
  return ['', ...namespaces].flatMap((namespace) => Object.keys(readTexts(namespace, 'en')));
}

const wholeTextsOf = new Map<string, ReadonlySet<string>>();

/** Everything that the screens can say in a language as it stands, without the texts that have something to fill in. */
export function wholeTexts(language: string): ReadonlySet<string> {
  const known = wholeTextsOf.get(language);
  if (known !== undefined) return known;
  const all = ['', ...namespaces].flatMap((namespace) => leaves(readTexts(namespace, language)));
  const whole = new Set(all.filter((text) => !text.includes('{{')));
  wholeTextsOf.set(language, whole);
  return whole;
}

/** What the screen says for a key, to find things in any language: `say('bell.readAll')`, `say('automation:create.button')`. */
export function speaker(language: string): (key: string) => string {
  const texts = new Map(['', ...namespaces].map((namespace) => [namespace, readTexts(namespace, language)]));
  return (key) => {
    const [rest = key, namespace = ''] = key.split(':').toReversed();
    const text = dig(texts.get(namespace), rest.split('.'));
    if (typeof text !== 'string') throw new Error(`no text ${key} in ${language}`);
    return text;
  };
}

function readTexts(namespace: string, language: string): object {
  const file = path.join(folder, namespace, `${language}.json`);
  const texts: unknown = JSON.parse(fs.readFileSync(file, 'utf8'));
  if (typeof texts !== 'object' || texts === null) throw new Error(`no texts in ${file}`);
  return texts;
}

function dig(texts: unknown, [name, ...rest]: readonly string[]): unknown {
  if (name === undefined) return texts;
  if (typeof texts !== 'object' || texts === null) return undefined;
  return dig(Object.entries(texts).find(([key]) => key === name)?.[1], rest);
}

function leaves(texts: unknown): string[] {
  if (typeof texts === 'string') return [texts];
  return typeof texts === 'object' && texts !== null ? Object.values(texts).flatMap(leaves) : [];
}
