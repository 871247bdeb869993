export interface FieldError {
  path: string;
  code: string;
  message: string;
  /** What the message names, for those who say it in another language by its code. */
  params?: Readonly<Record<string, string | number>>;
}

export interface ErrorParts {
  status: number;
  code: string;
  title: string;
  detail?: string;
  errors?: readonly FieldError[];
  /** When it may be tried again. */
  retryAfterSeconds?: number;
}

/** An expected failure that the caller is told about, as application/problem+json (RFC 9457). All else is a 500. */
export class UserError extends Error {
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly detail: string | undefined;
  readonly errors: readonly FieldError[];
  readonly retryAfterSeconds: number | undefined;

  constructor(parts: ErrorParts) {
    super(parts.detail ?? parts.title);
    this.name = 'UserError';
    this.status = parts.status;
    this.code = parts.code;
    this.title = parts.title;
    this.detail = parts.detail;
    this.errors = parts.errors ?? [];
    this.retryAfterSeconds = parts.retryAfterSeconds;
  }
}

/** The body of the answer. */
export function toProblem({ status, code, title, detail, errors }: UserError) {
  return { type: 'about:blank', status, code, title, detail, errors };
}

export const notFound = (what: string) =>
  new UserError({ status: 404, code: 'not_found', title: 'Not found', detail: `${what} was not found` });

export const invalid = (errors: readonly FieldError[], detail = errors[0]?.message) =>
  new UserError({ status: 422, code: 'invalid', title: 'Invalid request', detail, errors });

/** What was sent could not even be read. */
export const unreadable = (code: string, detail: string) =>
  new UserError({ status: 400, code, title: 'The request could not be read', detail });

export const conflict = (code: string, detail: string, errors: readonly FieldError[] = []) =>
  new UserError({ status: 409, code, title: 'Conflict', detail, errors });

export const unauthorized = (detail = 'Sign in or send a valid API key') =>
  new UserError({ status: 401, code: 'unauthorized', title: 'Not signed in', detail });

export const forbidden = (detail = 'You may not do this') =>
  new UserError({ status: 403, code: 'forbidden', title: 'Not allowed', detail });

export const preconditionFailed = (detail: string, errors: readonly FieldError[] = []) =>
  new UserError({ status: 412, code: 'precondition_failed', title: 'Changed meanwhile', detail, errors });

export const tooLarge = (detail: string) =>
  new UserError({ status: 413, code: 'too_large', title: 'Too large', detail });
