import { parseArgs } from 'node:util';
import { makePeople } from '../api/make-people.ts';
import { makeResetLink } from '../people/reset/reset.ts';
import { takeFactorsByCommand } from '../people/second-factor/take-factors.ts';
import type { Context } from '../platform/context.ts';
import { findUser, findWorkspace } from './find-workspace.ts';
import { withContext } from './open-context.ts';
import { UsageError } from './usage.ts';

const text = { type: 'string' } as const;

/** `user take-factors --email ADDRESS`: for who has lost telephone, passkeys and recovery codes; they are told. */
export async function takeAway(args: string[]): Promise<void> {
  await forUser('user take-factors', args, async (context, { id: employeeId, workspaceId }) => {
    const { tell } = makePeople(context);
    await takeFactorsByCommand({ ...context, tell }, { workspaceId, employeeId });
  });
}

/** `user reset-link --email ADDRESS`: prints the link, for those who have no mail. */
export async function printResetLink(args: string[]): Promise<void> {
  const { values } = parseArgs({ args, options: { email: text } });
  const { email } = values;
  if (email === undefined) throw new UsageError('user reset-link needs --email ADDRESS');
  const url = await withContext((context) => makeResetLink(context, email));
  process.stdout.write(`${url}\n`);
}

type Work = (context: Context, user: { readonly id: number; readonly workspaceId: number }) => Promise<void>;

async function forUser(verb: string, args: string[], work: Work): Promise<void> {
  const { values } = parseArgs({ args, options: { email: text, workspace: text } });
  const { email } = values;
  if (email === undefined) throw new UsageError(`${verb} needs --email ADDRESS`);
  await withContext(async (context) => {
    const workspaceId = values.workspace === undefined ? null : await findWorkspace(context, values.workspace);
    await work(context, await findUser(context, { email, workspaceId }));
  });
}
