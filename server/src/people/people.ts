import type { Context } from '../platform/context.ts';
import { type Accounts, createAccounts } from './accounts.ts';
import { createGatekeeper, type Gatekeeper } from './authenticate.ts';
import type { SystemMail } from './entrance/system-mail.ts';
import { createPasskeys, type Passkeys } from './factors/passkeys.ts';
import { createProvider, type Provider } from './oidc-provider/provider.ts';
import { createPasswordGuard, type PasswordGuard, type Tell } from './password-guard.ts';
import { createRightsBook, type RightsBook } from './rights/rights-book.ts';

/** What signing in needs; one a process. */
export interface People {
  readonly accounts: Accounts;
  readonly gatekeeper: Gatekeeper;
  readonly rights: RightsBook;
  readonly guard: PasswordGuard;
  readonly passkeys: Passkeys;
  readonly tell: Tell;
  readonly mail: SystemMail;
  readonly oidc: Provider | undefined;
}

export function createPeople(context: Context, tell: Tell, mail: SystemMail): People {
  const accounts = createAccounts(context);
  const rights = createRightsBook(context);
  const gatekeeper = createGatekeeper(context, accounts, rights);
  const guard = createPasswordGuard(context, tell);
  return {
    accounts,
    gatekeeper,
    rights,
    guard,
    passkeys: createPasskeys(context),
    tell,
    mail,
    oidc: createProvider(context),
  };
}
