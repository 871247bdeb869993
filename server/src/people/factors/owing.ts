import type { Owed } from '@signalbox/contract/people/second-factor.ts';
import { UserError } from '../../platform/errors.ts';

const refusals: Readonly<Record<Owed, { readonly code: string; readonly detail: string }>> = {
  'second-factor': { code: 'second-factor', detail: 'Give your second factor first (POST /api/v1/session/second)' },
  'set-up': { code: 'no-second-factor', detail: 'Your role asks for a second factor: set one up first' },
  password: { code: 'weak-password', detail: 'Choose a longer password first (POST /api/v1/me/password)' },
};

/** 403: a session that is half signed in opens what completes it, and nothing else. */
export function owing(owed: Owed): UserError {
  return new UserError({ status: 403, title: 'Not allowed', ...refusals[owed] });
}
