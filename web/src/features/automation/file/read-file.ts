import { isRecord } from '@signalbox/automation/kit/values/values.ts';
import type { Document } from 'yaml';
import { automationFile, type CheckResult, checkAutomation } from '../../../api/automation/automation.ts';
import type { BoardFile } from '../model/file-shape.ts';

export interface ReadFile {
  /** Null: it can't be read, or not all of it would come along. */
  readonly file: BoardFile | null;
  /** With lines and columns, as the command line says them. */
  readonly errors: CheckResult['errors'];
  readonly warnings: CheckResult['warnings'];
}

type Address = Pick<BoardFile, 'type' | 'pipeline'>;

/** Anchors that grow beyond this are an attack, not a board. */
const MAX_ALIASES = 100;

/** Reads a file in YAML or JSON as a file of this board, and has it checked as a save would check it. */
export async function readFile(source: string, board: Address): Promise<ReadFile> {
  // Its parser is of use to nobody who imports nothing.
  const { parseDocument } = await import('yaml');
  const document = parseDocument(source, { prettyErrors: false, uniqueKeys: false });
  const found = await checkAutomation(addressed(source, document, board));
  return { file: found.errors.some(isOfText) ? null : fileIn(document, board), ...found };
}

/** What taking it in would lose; all else can be mended on the board. */
const isOfText = ({ path, code }: CheckResult['errors'][number]) =>
  code === 'yaml' || code === 'unknown-key' || !/^(triggers|rules)\[/.test(path);

function fileIn(document: Document, { type, pipeline }: Address): BoardFile | null {
  if (document.errors.length > 0) return null;
  try {
    const value: unknown = document.toJS({ maxAliasCount: MAX_ALIASES });
    return isRecord(value) ? (automationFile.safeParse({ ...value, type, pipeline }).data ?? null) : null;
  } catch {
    return null;
  }
}

/** The text with this board's type and name in place of its own, every line where it was. */
function addressed(source: string, document: Document, { type, pipeline }: Address): string {
  const parts = [
    { at: rangeOf(document, 'type'), text: JSON.stringify(type) },
    { at: rangeOf(document, 'pipeline'), text: JSON.stringify(pipeline) },
  ].toSorted((one, other) => (other.at?.[0] ?? 0) - (one.at?.[0] ?? 0));
  return parts.reduce(
    (text, { at, text: own }) => (at === null ? text : text.slice(0, at[0]) + own + text.slice(at[1])),
    source,
  );
}

function rangeOf(document: Document, key: string): readonly [number, number] | null {
  const node: unknown = document.get(key, true);
  if (!isRecord(node) || !Array.isArray(node.range)) return null;
  const [from, to]: readonly unknown[] = node.range;
  return typeof from === 'number' && typeof to === 'number' ? [from, to] : null;
}
