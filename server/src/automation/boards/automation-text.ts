import {
  type Document,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type Pair,
  parseDocument,
  stringify,
  visit,
} from 'yaml';

export interface Place {
  readonly line: number;
  readonly column: number;
}

export interface TextProblem extends Place {
  readonly code: string;
  readonly message: string;
}

/** An automation file as text: what it says, and where each part stands. */
export interface AutomationText {
  readonly value: unknown;
  /** YAML that can't be read; `value` means nothing then. */
  readonly problems: readonly TextProblem[];
  /** The place of a part such as `triggers[0].on`, or of the nearest part around it that is there. Lines and columns count from 1. */
  placeOf(path: string): Place;
}

/** Anchors that grow beyond this are an attack, not a board. */
const MAX_ALIASES = 100;
const MAX_PROBLEMS = 100;
const MOST_LETTERS = 4_000_000;

/** Reads YAML, and so also JSON. */
export function parseAutomationText(source: string): AutomationText {
  const lines = new LineCounter();
  const document = parseDocument(source, { lineCounter: lines, prettyErrors: false, uniqueKeys: false });
  const placeAt = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  const mistakes = document.errors.map(({ pos: [offset], message }) => ({ offset, message }));
  const problems = (mistakes.length > 0 ? mistakes : wrongKeys(document))
    .slice(0, MAX_PROBLEMS)
    .map(({ offset, message }) => ({ ...placeAt(offset), code: 'yaml', message: inWords(message) }));
  return {
    ...readValue(problems, () => document.toJS({ maxAliasCount: MAX_ALIASES })),
    placeOf: (path) => placeAt(offsetOf(document.contents, path)),
  };
}

/** Reads the same way as it was written. */
export function printAutomationText(value: unknown): string {
  return stringify(value, { lineWidth: 120 });
}

function readValue(problems: readonly TextProblem[], read: () => unknown): Pick<AutomationText, 'value' | 'problems'> {
  if (problems.length > 0) return { value: undefined, problems };
  try {
    const value = read();
    // Fails when something contains itself: nothing behind this could end.
    if (JSON.stringify(value)?.length > MOST_LETTERS) throw new Error('Its anchors make the file too long');
    return { value, problems };
  } catch (error) {
    const message = inWords(error instanceof Error ? error.message : String(error));
    return { value: undefined, problems: [{ line: 1, column: 1, code: 'yaml', message }] };
  }
}

function inWords(message: string): string {
  if (/call stack/i.test(message)) return 'The file is nested too deeply';
  return /circular/i.test(message) ? 'An anchor contains itself' : message;
}

// The library compares each key of a map with every other: a map of 50,000 takes it half a minute.
function wrongKeys(document: Document.Parsed): { offset: number; message: string }[] {
  const wrong: { offset: number; message: string }[] = [];
  visit(document, {
    Map(_, { items }) {
      const seen = new Set<string>();
      for (const { key } of items) {
        if (!isScalar(key)) continue;
        const name = String(key.value);
        if (name === '__proto__') wrong.push({ offset: startOf(key), message: `Unknown key "${name}"` });
        if (seen.has(name)) wrong.push({ offset: startOf(key), message: `The key ${name} stands there twice` });
        seen.add(name);
      }
    },
  });
  return wrong;
}

// A name may hold what divides names: the longest that fits is meant.
function offsetOf(root: Node | null, path: string): number {
  let found: Child = { offset: startOf(root), node: root, path: '' };
  for (;;) {
    const { node, path: at } = found;
    if (at === path) return found.offset;
    const next = isMap(node) ? childOfMap(node.items, at, path) : isSeq(node) ? childOfSeq(node.items, at, path) : null;
    if (next === null) return found.offset;
    found = next;
  }
}

interface Child {
  readonly offset: number;
  readonly node: unknown;
  readonly path: string;
}

// The place of an entry of a map is its key: that is what an unknown key is about.
function childOfMap(pairs: readonly Pair[], at: string, path: string): Child | null {
  let found: Child | null = null;
  for (const { key, value } of pairs) {
    if (!isScalar(key)) continue;
    const own = at === '' ? String(key.value) : `${at}.${String(key.value)}`;
    // Of two of a name the first counts.
    if (leadsTo(own, path) && own.length > (found?.path.length ?? -1))
      found = { offset: startOf(key), node: value, path: own };
  }
  return found;
}

function childOfSeq(items: readonly unknown[], at: string, path: string): Child | null {
  const [, index] = /^\[(\d+)\]/.exec(path.slice(at.length)) ?? [];
  const node = index === undefined ? undefined : items[Number(index)];
  return node === undefined ? null : { offset: startOf(node), node, path: `${at}[${index}]` };
}

function leadsTo(own: string, path: string): boolean {
  return path.startsWith(own) && (path.length === own.length || '.['.includes(path.charAt(own.length)));
}

function startOf(node: unknown): number {
  if (!isMap(node) && !isSeq(node) && !isScalar(node)) return 0;
  return node.range?.[0] ?? 0;
}
