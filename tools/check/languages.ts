import fs from 'node:fs';
import path from 'node:path';

/** A file of words by language, from the root of the project. */
export interface WordsFile {
  readonly file: string;
  readonly words: Readonly<Record<string, unknown>>;
}

/** All files named `*.strings.json` below the folders, and the texts of the screens: a folder of `<language>.json` is one. */
export function readWords(root: string, folders: readonly string[]): readonly WordsFile[] {
  const files = folders.flatMap((folder) => listFiles(root, folder));
  const beside = files.filter((file) => file.endsWith('.strings.json'));
  const screens = files.filter((file) => path.basename(file) === 'en.json').map((file) => path.dirname(file));
  return [
    ...beside.map((file) => ({ file, words: readJson(path.join(root, file)) })),
    ...screens.map((folder) => ({ file: folder, words: readFolder(root, folder, files) })),
  ];
}

/** Names every language without words, and every language that is none of the product's. */
export function checkLanguages(files: readonly WordsFile[], languages: readonly string[]): readonly string[] {
  return files.flatMap(({ file, words }) => [
    ...languages.filter((language) => !Object.hasOwn(words, language)).map((language) => `${file}: no ${language}`),
    ...Object.keys(words)
      .filter((language) => !languages.includes(language))
      .map((language) => `${file}: ${language} is no language of the product`),
  ]);
}

/** Names every place where a language says more, less or something in another order than English, or fills in other things. */
export function checkWords({ file, words }: WordsFile): readonly string[] {
  const english = leavesOf(words.en);
  return Object.entries(words).flatMap(([language, own]) => {
    const leaves = leavesOf(own);
    const at = `${file} ${language}`;
    const strange = Object.keys(leaves).filter((key) => !Object.hasOwn(english, key));
    const missing = Object.keys(english).filter((key) => !Object.hasOwn(leaves, key));
    if (strange.length + missing.length > 0)
      return [...missing.map((key) => `${at}: no ${key}`), ...strange.map((key) => `${at}: ${key} is too much`)];
    if (Object.keys(leaves).join() !== Object.keys(english).join()) return [`${at}: stands in another order`];
    return Object.entries(leaves)
      .filter(([key, text]) => holesOf(text) !== holesOf(english[key] ?? ''))
      .map(([key]) => `${at}: ${key} fills in other things than the English`);
  });
}

function listFiles(root: string, folder: string): readonly string[] {
  return fs
    .readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.json') && !file.includes('node_modules'))
    .map((file) => path.posix.join(folder, file.replaceAll('\\', '/')));
}

function readFolder(root: string, folder: string, files: readonly string[]): WordsFile['words'] {
  const own = files.filter((file) => path.dirname(file) === folder);
  return Object.fromEntries(own.map((file) => [path.basename(file, '.json'), readJson(path.join(root, file))]));
}

function readJson(file: string): WordsFile['words'] {
  const words: unknown = JSON.parse(fs.readFileSync(file, 'utf8'));
  if (typeof words !== 'object' || words === null) throw new Error(`${file} holds no words`);
  return Object.fromEntries(Object.entries(words));
}

/** The texts by the path to them; a list is one text: languages have more or fewer synonyms. */
function leavesOf(words: unknown, at = ''): Readonly<Record<string, string>> {
  if (typeof words !== 'object' || words === null || Array.isArray(words)) return { [at]: String(words) };
  return Object.assign(
    {},
    ...Object.entries(words).map(([key, inner]) => leavesOf(inner, at === '' ? key : `${at}.${key}`)),
  );
}

const holesOf = (text: string): string => [...new Set(text.match(/\{+\s*\w+\s*\}+/g) ?? [])].sort().join();
