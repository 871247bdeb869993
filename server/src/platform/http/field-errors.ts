import type { z } from 'zod';
import { type FieldError, invalid, type UserError } from '../errors.ts';

/** 422 with one mistake: `path` like `stages[0].code`, a stable code, and what to do in words. */
export function invalidAt(path: string, code: string, message: string): UserError {
  return invalid([{ path, code, message }], path === '' ? message : `${path}: ${message}`);
}

/** The mistakes that zod found, one for each unknown key, with paths like `stages[0].code`. */
export function fieldErrors(error: z.core.$ZodError, prefix: readonly PropertyKey[] = []): FieldError[] {
  return error.issues.flatMap((issue) => issueErrors(issue, prefix));
}

/** `['stages', 0, 'code']` -> `stages[0].code`. */
export function pathText(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, part) => {
    if (typeof part === 'number') return `${text}[${part}]`;
    return text === '' ? String(part) : `${text}.${String(part)}`;
  }, '');
}

/** `stages[0].code: Required (and 2 more)`. */
export function summary(errors: readonly FieldError[]): string | undefined {
  const [first] = errors;
  if (first === undefined) return undefined;
  const where = first.path === '' ? '' : `${first.path}: `;
  const more = errors.length > 1 ? ` (and ${errors.length - 1} more)` : '';
  return `${where}${first.message}${more}`;
}

function issueErrors(issue: z.core.$ZodIssue, prefix: readonly PropertyKey[]): FieldError[] {
  const path = [...prefix, ...issue.path];
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      path: pathText([...path, key]),
      code: 'unknown-key',
      message: 'This key is not known here.',
    }));
  }
  if (issue.code === 'invalid_union') {
    const nearest = nearestBranch(issue.errors);
    if (nearest !== undefined) return nearest.flatMap((inner) => issueErrors(inner, path));
  }
  return [{ path: pathText(path), code: errorCode(issue), message: issue.message }];
}

// The branch that went wrong furthest inside is the one that was meant.
function nearestBranch(branches: readonly (readonly z.core.$ZodIssue[])[]): readonly z.core.$ZodIssue[] | undefined {
  const depth = (issues: readonly z.core.$ZodIssue[]) => Math.max(...issues.map((issue) => issue.path.length));
  return branches.filter((issues) => issues.length > 0 && depth(issues) > 0).sort((a, b) => a.length - b.length)[0];
}

function errorCode(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_type') return issue.message.includes('received undefined') ? 'required' : 'type';
  if (issue.code === 'custom' && typeof issue.params?.code === 'string') return issue.params.code;
  if (issue.code === 'invalid_format' && issue.format === 'email') return 'invalid-email';
  return issue.code.replaceAll('_', '-');
}
