import { parseArgs } from 'node:util';
import { pruneAudit } from '../audit/prune-audit.ts';
import { withContext } from './open-context.ts';

/** `audit prune`: deletes what is older than AUDIT_DAYS, as the server does by itself; prints how many rows went. */
export async function pruneLog(args: string[]): Promise<void> {
  parseArgs({ args, options: {} });
  const count = await withContext(pruneAudit);
  process.stdout.write(`${count}\n`);
}
