import type { Context } from '../platform/context.ts';
import { type Accounts, createAccounts } from './accounts.ts';
import { createGatekeeper, type Gatekeeper } from './authenticate.ts';
import { createPasswordGuard, type PasswordGuard, type TellOfGuesses } from './password-guard.ts';
import { createRightsBook, type RightsBook } from './rights/rights-book.ts';

/** What signing in needs; one a process. */
export interface People {
  readonly accounts: Accounts;
  readonly gatekeeper: Gatekeeper;
  readonly rights: RightsBook;
  readonly guard: PasswordGuard;
}

export function createPeople(context: Context, tellOfGuesses: TellOfGuesses): People {
  const accounts = createAccounts(context);
  const rights = createRightsBook(context);
  const gatekeeper = createGatekeeper(context, accounts, rights);
  return { accounts, gatekeeper, rights, guard: createPasswordGuard(context, tellOfGuesses) };
}
