import { record } from '../../audit/record.ts';
import { authorBy } from '../../platform/author.ts';
import type { Caller, Context } from '../../platform/context.ts';
import { inSystem, type Tx } from '../../platform/db.ts';
import { conflict } from '../../platform/errors.ts';
import { announce } from '../../platform/realtime.ts';
import type { Session } from '../accounts.ts';
import {
  countRecoveryCodes,
  hasFactors,
  isRequired,
  lockAccount,
  markSecond,
  replaceRecoveryCodes,
} from '../factors/factors.store.ts';
import { renewRecoveryCodes } from '../factors/recovery-codes.ts';

type Factor = 'app' | 'passkey';

interface Change {
  readonly own: Session;
  readonly factor: Factor;
}

/**
 * A second factor counts from now on: this session has given it, all others of the account have to. The first one comes with recovery
 * codes; none with a further one.
 */
export function noteAdded(
  { databases, config, clock }: Context,
  caller: Caller,
  { own, factor, name }: Change & { readonly name: string },
): Promise<{ recoveryCodes: string[] }> {
  return inSystem(databases.system, async (tx) => {
    await lockAccount(tx, own.accountId);
    await markSecond(tx, own.sessionId, clock.now());
    const isFirst = (await countRecoveryCodes(tx, own.accountId)) === 0;
    const codes = isFirst ? await renewRecoveryCodes(tx, config, own.accountId) : [];
    const { workspaceId } = caller;
    await record(tx, { kind: `${factor}-added`, workspaceId, params: nameOf(factor, name) }, authorBy(caller));
    tellStreams(tx, caller);
    return { recoveryCodes: codes };
  });
}

/** False when there was none; 409 when a role asks for a second factor and this is the last. Without any, recovery codes go too. */
export function noteRemoved(
  { databases }: Context,
  caller: Caller,
  { own, factor, remove }: Change & { remove(tx: Tx): Promise<string | undefined> },
): Promise<boolean> {
  const { accountId } = own;
  return inSystem(databases.system, async (tx) => {
    await lockAccount(tx, accountId);
    const name = await remove(tx);
    if (name === undefined) return false;
    if (!(await hasFactors(tx, accountId))) {
      if (await isRequired(tx, accountId))
        throw conflict('last-factor', 'Your role asks for a second factor, and this is the last one');
      await replaceRecoveryCodes(tx, accountId, []);
    }
    const { workspaceId } = caller;
    await record(tx, { kind: `${factor}-removed`, workspaceId, params: nameOf(factor, name) }, authorBy(caller));
    return true;
  });
}

/** 409 without a second factor, which they would stand in for. */
export function noteRenewed({ databases, config }: Context, caller: Caller, { accountId }: Session) {
  return inSystem(databases.system, async (tx) => {
    await lockAccount(tx, accountId);
    if (!(await hasFactors(tx, accountId)))
      throw conflict('no-factor-yet', 'Recovery codes stand in for a second factor: set one up first');
    const codes = await renewRecoveryCodes(tx, config, accountId);
    await record(tx, { kind: 'recovery-codes-made', workspaceId: caller.workspaceId }, authorBy(caller));
    return { recoveryCodes: codes };
  });
}

const nameOf = (factor: Factor, name: string): Readonly<Record<string, string>> =>
  factor === 'passkey' ? { name } : {};

// What is open elsewhere asks again who it is.
function tellStreams(tx: Tx, { workspaceId, employeeId }: Pick<Caller, 'workspaceId' | 'employeeId'>): void {
  announce(tx, { topic: 'eyes', kind: 'changed', employee: employeeId, employeeId, workspaceId });
}
