import { parseArgs } from 'node:util';
import { type QuotaName, quotaName, quotaNames } from '@signalbox/contract/quotas.ts';
import { parseQuotas } from '../platform/config/quota-amounts.ts';
import type { Context } from '../platform/context.ts';
import { inWorkspace } from '../platform/db.ts';
import { amountsOf, setOwnAmount } from '../platform/quotas/check-quota.ts';
import { findWorkspace } from './find-workspace.ts';
import { withContext } from './open-context.ts';
import { UsageError } from './usage.ts';

/** `quota list [--workspace W]`: what it may have. */
export async function listQuotas(args: string[]): Promise<void> {
  const { values } = parseArgs({ args, options: { workspace: { type: 'string' } } });
  await withContext(async (context) => print(context, await findWorkspace(context, values.workspace)));
}

/** `quota set items=100k …`: for this workspace alone; `items=default`: as all others again. A running server knows within a minute. */
export async function setQuotas(args: string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    ...{ args, allowPositionals: true },
    options: { workspace: { type: 'string' } },
  });
  const wanted = positionals.map(readOne);
  if (wanted.length === 0) throw new UsageError(`Say what to set; there is ${quotaNames.join(', ')}`);
  await withContext(async (context) => {
    const workspaceId = await findWorkspace(context, values.workspace);
    await inWorkspace(context.databases.app, workspaceId, async (tx) => {
      for (const [name, amount] of wanted) await setOwnAmount(tx, name, amount);
    });
    await print(context, workspaceId);
  });
}

function readOne(text: string): [QuotaName, number | null] {
  const [name = '', amount] = text.split('=');
  const known = quotaName.safeParse(name).data;
  if (known !== undefined && amount === 'default') return [known, null];
  const read = known === undefined ? undefined : parseQuotas(text)?.[known];
  if (known === undefined || read === undefined)
    throw new UsageError(`"${text}" is not like items=100k or items=default; there is ${quotaNames.join(', ')}`);
  return [known, read];
}

async function print({ databases }: Context, workspaceId: number): Promise<void> {
  const amounts = await inWorkspace(databases.app, workspaceId, amountsOf);
  process.stdout.write(quotaNames.map((name) => `${name}=${amounts[name]}\n`).join(''));
}
