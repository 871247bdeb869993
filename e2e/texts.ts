import fs from 'node:fs';
import path from 'node:path';

const folder = path.resolve(import.meta.dirname, '../web/src/i18n');

/** The first words of all keys: a text that begins with one and goes on with a dot is a translation that is missing. */
export function keyHeads(): readonly string[] {
  return [`${folder}/en.json`, `${folder}/automation/en.json`].flatMap((file) => Object.keys(readObject(file)));
}

/** What the screen says for a key, to find things in any language: `say('bell.readAll')`, `say('automation:create.button')`. */
export function speaker(language: string): (key: string) => string {
  const shared = readObject(`${folder}/${language}.json`);
  const automation = readObject(`${folder}/automation/${language}.json`);
  return (key) => {
    const ofAutomation = key.startsWith('automation:');
    const text = dig(ofAutomation ? automation : shared, key.replace('automation:', '').split('.'));
    if (typeof text !== 'string') throw new Error(`no text ${key} in ${language}`);
    return text;
  };
}

function readObject(file: string): object {
  const texts: unknown = JSON.parse(fs.readFileSync(file, 'utf8'));
  if (typeof texts !== 'object' || texts === null) throw new Error(`no texts in ${file}`);
  return texts;
}

function dig(texts: unknown, [name, ...rest]: readonly string[]): unknown {
  if (name === undefined) return texts;
  if (typeof texts !== 'object' || texts === null) return undefined;
  return dig(Object.entries(texts).find(([key]) => key === name)?.[1], rest);
}
