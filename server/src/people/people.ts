import type { Context } from '../platform/context.ts';
import { type Accounts, createAccounts } from './accounts.ts';
import { createGatekeeper, type Gatekeeper } from './authenticate.ts';
import { createSignInLimit } from './sign-in-limit.ts';

/** What signing in needs; one a process. */
export interface People {
  readonly accounts: Accounts;
  readonly gatekeeper: Gatekeeper;
  readonly signInLimit: ReturnType<typeof createSignInLimit>;
}

export function createPeople(context: Context): People {
  const accounts = createAccounts(context);
  return { accounts, gatekeeper: createGatekeeper(context, accounts), signInLimit: createSignInLimit(context.clock) };
}
