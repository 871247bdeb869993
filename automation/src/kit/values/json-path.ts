import { isRecord } from './values.ts';

type Step = string | number;

// A name after a dot, an index, or a name in quotes: what points at one value. Filters and wildcards point at many.
const STEP = /\.?([A-Za-z_$][\w$-]*)|\[(\d{1,6})\]|\['([^']*)'\]|\["([^"]*)"\]/y;

/** Whether a text is a JSON path that points at one value: `$.customer.id`, `lines[0].price`, `$['the name']`. */
export function isJsonPath(text: string): boolean {
  return stepsOf(text) !== null;
}

/** What stands at a path; undefined when nothing does. */
export function atJsonPath(value: unknown, path: string): unknown {
  return (stepsOf(path) ?? []).reduce(valueAt, value);
}

function valueAt(from: unknown, step: Step): unknown {
  if (typeof step === 'number') return Array.isArray(from) ? from[step] : undefined;
  return isRecord(from) && Object.hasOwn(from, step) ? from[step] : undefined;
}

function stepsOf(text: string): readonly Step[] | null {
  const path = text.trim().replace(/^\$(?=$|[.[])/, '');
  const steps: Step[] = [];
  for (let at = 0; at < path.length; at = STEP.lastIndex) {
    STEP.lastIndex = at;
    const found = STEP.exec(path);
    if (found === null) return null;
    const [, name, index, quoted, doubly] = found;
    steps.push(index === undefined ? (name ?? quoted ?? doubly ?? '') : Number(index));
  }
  return text.trim() === '' ? null : steps;
}
