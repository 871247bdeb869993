import type { TFunction } from 'i18next';

interface Problem {
  name?: string;
  code?: string;
  message: string;
  fields?: readonly { path: string; code: string; message: string }[];
}

/** A failure in the user's words; the server's own sentence where we have none. */
export function problemText(error: Problem, t: TFunction): string {
  if (error.name === 'Offline') return t('problem.offline');
  // An answer that breaks the contract is the server's mistake; its details are nothing to read.
  if (error.name === 'ZodError' || error.name === '$ZodError') return t('problem.codes.internal');
  const first = error.fields?.[0];
  const texts: Record<string, string> = t('problem.codes', { returnObjects: true });
  return texts[error.code ?? ''] ?? (first ? fieldText(first, t) : error.message);
}

/** What to show beside a field, by its path in the request. */
export function fieldProblem(error: Problem | null, path: string, t: TFunction): string | undefined {
  const found = error?.fields?.find(
    (field) => field.path === path || (/^[.[]/.test(field.path.slice(path.length)) && field.path.startsWith(path)),
  );
  return found && fieldText(found, t);
}

export const hasFieldProblems = (error: Problem | null) => (error?.fields ?? []).some(({ path }) => path !== '');

function fieldText({ code, message }: { code: string; message: string }, t: TFunction): string {
  const texts: Record<string, string> = t('problem.fields', { returnObjects: true });
  return texts[code] ?? message;
}
