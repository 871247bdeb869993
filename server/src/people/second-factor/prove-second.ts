import type { SecondFactor, TypedSecondFactor } from '@signalbox/contract/people/second-factor.ts';
import type { Context } from '../../platform/context.ts';
import { inSystem } from '../../platform/db.ts';
import { invalidAt } from '../../platform/http/field-errors.ts';
import type { Session } from '../accounts.ts';
import { findTotp, spendRecoveryCode, spendStep } from '../factors/factors.store.ts';
import type { Passkeys } from '../factors/passkeys.ts';
import { hashesOf } from '../factors/recovery-codes.ts';
import { stepOfCode } from '../factors/totp.ts';
import { unsealTotp } from '../factors/totp-secrets.ts';

type Doors = Context & { readonly passkeys: Passkeys };

/** One of an account's second factors, each code once; 422 for a wrong one, and for one that was used before. */
export async function proveSecond(doors: Doors, own: Session, given: SecondFactor): Promise<void> {
  if ('passkey' in given) await doors.passkeys.prove(own, given.passkey);
  else await proveTyped(doors, own.accountId, given);
}

export async function proveTyped(context: Context, accountId: string, given: TypedSecondFactor): Promise<void> {
  if ('code' in given) await proveTotp(context, accountId, { code: given.code, inUse: true });
  else await proveRecoveryCode(context, accountId, given.recoveryCode);
}

/** `inUse`: of an app that was set up before; else of one that is just being set up. */
export async function proveTotp(
  { databases, config, clock }: Context,
  accountId: string,
  { code, inUse }: { readonly code: string; readonly inUse: boolean },
): Promise<void> {
  const now = clock.now();
  const isRight = await inSystem(databases.system, async (tx) => {
    const totp = await findTotp(tx, accountId);
    if (totp?.isInUse !== inUse) return false;
    const step = stepOfCode(unsealTotp(config, accountId, totp.secret), code, now);
    return step !== undefined && (await spendStep(tx, accountId, { step, now }));
  });
  if (!isRight) throw invalidAt('code', 'wrong-code', 'This code is wrong, or it was used before');
}

async function proveRecoveryCode({ databases, config }: Context, accountId: string, code: string): Promise<void> {
  const hashes = await hashesOf(config, accountId, code);
  const isRight = await inSystem(databases.system, (tx) => spendRecoveryCode(tx, accountId, hashes));
  if (!isRight) throw invalidAt('recoveryCode', 'wrong-code', 'This code is wrong, or it was used before');
}
