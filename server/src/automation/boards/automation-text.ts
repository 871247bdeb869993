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
  /** The place of a part, or of the nearest part around it that is there. Lines and columns count from 1. */
  placeOf(path: readonly (string | number)[]): Place;
}

/** Anchors that grow beyond this are an attack, not a board. */
const MAX_ALIASES = 100;
const MAX_PROBLEMS = 100;

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
    JSON.stringify(value);
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

function offsetOf(root: Node | null, path: readonly (string | number)[]): number {
  let offset = startOf(root);
  let node: unknown = root;
  for (const step of path) {
    const next = isMap(node) ? childOfMap(node.items, step) : isSeq(node) ? childOfSeq(node.items, step) : undefined;
    if (next === undefined) return offset;
    offset = next.offset;
    node = next.node;
  }
  return offset;
}

const indexes = new WeakMap<readonly Pair[], ReadonlyMap<string, Pair>>();

// Asked for once for each problem: looked through only once.
function pairsByKey(pairs: readonly Pair[]): ReadonlyMap<string, Pair> {
  const known = indexes.get(pairs);
  if (known !== undefined) return known;
  const named = pairs.flatMap((pair) => (isScalar(pair.key) ? [[String(pair.key.value), pair] as const] : []));
  // Of two of a name the first counts.
  const index = new Map(named.toReversed());
  indexes.set(pairs, index);
  return index;
}

// The place of an entry of a map is its key: that is what an unknown key is about.
function childOfMap(pairs: readonly Pair[], step: string | number): { offset: number; node: unknown } | undefined {
  const pair = pairsByKey(pairs).get(String(step));
  return pair === undefined ? undefined : { offset: startOf(pair.key), node: pair.value };
}

function childOfSeq(items: readonly unknown[], step: string | number): { offset: number; node: unknown } | undefined {
  const node = items[Number(step)];
  return node === undefined ? undefined : { offset: startOf(node), node };
}

function startOf(node: unknown): number {
  if (!isMap(node) && !isSeq(node) && !isScalar(node)) return 0;
  return node.range?.[0] ?? 0;
}
