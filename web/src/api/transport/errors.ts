import { z } from 'zod';

const problemBody = z.object({
  code: z.string().default('unknown'),
  title: z.string().default(''),
  detail: z.string().default(''),
  errors: z
    .array(
      z.object({
        path: z.string(),
        code: z.string(),
        message: z.string(),
        params: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
      }),
    )
    .default([]),
});

export type FieldProblem = z.infer<typeof problemBody>['errors'][number];

/** The server understood us and refused (RFC 9457). */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly status: number;
  readonly code: string;
  readonly fields: readonly FieldProblem[];
  /** The whole problem, for the few codes that carry more (a 412's difference). */
  readonly body: unknown;

  constructor(status: number, body: unknown) {
    const problem = problemBody.safeParse(body).data ?? { code: 'unknown', title: '', detail: '', errors: [] };
    super(problem.detail || problem.title || `HTTP ${status}`);
    this.status = status;
    this.code = problem.code;
    this.fields = problem.errors;
    this.body = body;
  }
}

/** Nobody answered: no connection, or the server is being restarted. */
export class Offline extends Error {
  override readonly name = 'Offline';
}

export const isSignedOut = (error: unknown) => error instanceof Refusal && error.status === 401;
/** Signed in, but for what the session owes: the page `/second` says what. */
export const isHalfSignedIn = (error: unknown) =>
  error instanceof Refusal && ['second-factor', 'no-second-factor', 'weak-password'].includes(error.code);
export const isMissing = (error: unknown) => error instanceof Refusal && error.status === 404;
