import { record } from '../audit/record.ts';
import { authorBy } from '../platform/author.ts';
import type { Caller, Context, Rights } from '../platform/context.ts';
import { inSystem, inWorkspace, type Tx } from '../platform/db.ts';
import { conflict, notFound, unauthorized } from '../platform/errors.ts';
import { missingRight } from '../platform/missing-right.ts';
import { announce } from '../platform/realtime.ts';
import { setEyes } from './accounts.store.ts';
import type { Session } from './accounts.ts';
import { type Eyes, findSessionOwner, type Known } from './callers.store.ts';
import { findEmployee } from './employees.store.ts';
import { owing } from './factors/owing.ts';
import { authorOfSession } from './record-sign-in.ts';
import { loadRights } from './rights/rights.store.ts';
import type { RightsBook } from './rights/rights-book.ts';
import { loadMatrixNames } from './rights/roles.store.ts';
import { seesAllOf } from './rights/unite-rights.ts';

/** Nobody forgets for longer than this that they are not themselves. */
const HOUR_MS = 3_600_000;

type Doors = Pick<Context, 'databases'> & { readonly book: RightsBook };

/**
 * Who asks while their session looks through somebody's eyes: that somebody, who changes nothing meanwhile. Asked for anew each time:
 * as soon as either's rights no longer allow it, they are themselves again. The language stays one's own.
 */
export async function lookThrough({ databases, book }: Doors, own: Caller, eyes: Eyes): Promise<Caller> {
  const { workspaceId } = own;
  const rights = await book.of({ workspaceId, employeeId: eyes.employeeId });
  const may = await inWorkspace(databases.app, workspaceId, (tx) => maySeeAs(tx, own, rights));
  if (!may) return own;
  const role = rights.administrator ? 'admin' : 'employee';
  return { ...own, employeeId: eyes.employeeId, role, rights, seenBy: own.employeeId, seenUntil: eyes.until };
}

async function maySeeAs(tx: Tx, { workspaceId, rights: own }: Caller, theirs: Rights): Promise<boolean> {
  if (own.administrator) return true;
  return own.areas.people && seesAllOf(own, theirs, (await loadMatrixNames(tx, workspaceId)).pipelines);
}

interface Beginning {
  readonly sessionId: string;
  /** Whose eyes. */
  readonly employeeId: number;
}

/** From now on the session sees what somebody else sees, for an hour; 403 for somebody who has more rights. */
export function beginSeeing(
  { databases, clock }: Context,
  caller: Caller,
  { sessionId, employeeId }: Beginning,
): Promise<void> {
  const { workspaceId } = caller;
  return inSystem(databases.system, async (tx) => {
    const employee = await findEmployee(tx, workspaceId, employeeId);
    if (employee === undefined) throw notFound(`User ${employeeId}`);
    if (employeeId === caller.employeeId) throw conflict('own-eyes', 'This is what you see already');
    if (employee.dismissed_at !== null) throw conflict('dismissed', 'Who has been dismissed sees nothing');
    const rights = await loadRights(tx, { workspaceId, employeeId });
    if (!(await maySeeAs(tx, caller, rights))) throw missingRight('more-than-own');
    await setEyes(tx, sessionId, { employeeId, until: new Date(clock.now().getTime() + HOUR_MS) });
    const on = { kind: 'person', id: employeeId, name: employee.name } as const;
    await record(tx, { kind: 'see-as-began', workspaceId, on }, authorBy(caller));
    tellStreams(tx, caller);
  });
}

/** The session is its owner's again; 401 when nobody works under it. `address` is where the call comes from. */
export async function endSeeing({ databases, clock }: Context, session: Session, address: string): Promise<void> {
  const owner = await findSessionOwner(databases, { ...session, now: clock.now() });
  if (owner === undefined) throw unauthorized();
  const { known, eyes, owes } = owner;
  if (owes !== null) throw owing(owes);
  const { workspaceId } = known;
  await inSystem(databases.system, async (tx) => {
    await setEyes(tx, session.sessionId, null);
    const seen = eyes && (await findEmployee(tx, workspaceId, eyes.employeeId));
    if (seen) {
      const on = { kind: 'person', id: seen.id, name: seen.name } as const;
      await record(tx, { kind: 'see-as-ended', workspaceId, on }, authorOfSession(known, session, address));
    }
    tellStreams(tx, known);
  });
}

/** Open streams begin anew, as whoever they are now. */
function tellStreams(tx: Tx, { workspaceId, employeeId }: Pick<Known, 'workspaceId' | 'employeeId'>): void {
  announce(tx, { topic: 'eyes', kind: 'changed', employee: employeeId, employeeId, workspaceId });
}
