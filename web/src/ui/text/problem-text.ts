import type { TFunction } from 'i18next';

type Params = Readonly<Record<string, string | number>>;

interface FieldProblem {
  readonly path: string;
  readonly code: string;
  readonly message: string;
  readonly params?: Params | undefined;
}

interface Problem {
  name?: string;
  code?: string;
  message: string;
  fields?: readonly FieldProblem[];
}

/** A failure in the user's words; the server's own sentence where we have none. */
export function problemText(error: Problem, t: TFunction): string {
  if (error.name === 'Offline') return t('problem.offline');
  // An answer that breaks the contract is the server's mistake; its details are nothing to read.
  if (error.name === 'ZodError' || error.name === '$ZodError') return t('problem.codes.internal');
  const first = error.fields?.[0];
  const texts: Record<string, string> = t('problem.codes', { returnObjects: true, skipInterpolation: true });
  return fillGaps(texts[error.code ?? ''], first?.params) ?? (first ? fieldText(first, t) : error.message);
}

/** What to show beside a field, by its path in the request. */
export function fieldProblem(error: Problem | null, path: string, t: TFunction): string | undefined {
  const found = error?.fields?.find(
    (field) => field.path === path || (/^[.[]/.test(field.path.slice(path.length)) && field.path.startsWith(path)),
  );
  return found && fieldText(found, t);
}

export const hasFieldProblems = (error: Problem | null) => (error?.fields ?? []).some(({ path }) => path !== '');

/** One mistake by its code, whatever screen it is shown on; the server's English where there are no words. */
export function fieldText({ code, message, params }: Omit<FieldProblem, 'path'>, t: TFunction): string {
  const texts: Record<string, string> = t('problem.fields', { returnObjects: true, skipInterpolation: true });
  // What does not fit a field is told by an example of what does, where the kind has one.
  return fillGaps(texts[`${code}-${params?.kind}`] ?? texts[code], params) ?? message;
}

/** Undefined when the sentence names something that was not said. */
export function fillGaps(text: string | undefined, params: Params = {}): string | undefined {
  const all = text?.replace(/\{\{(\w+)\}\}/g, (gap, name: string) => String(params[name] ?? gap));
  return all?.includes('{{') ? undefined : all;
}
