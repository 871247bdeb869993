import { parseArgs } from 'node:util';
import { record } from '../audit/record.ts';
import { normalDomain, SANDBOX_DOMAIN } from '../connections/domain-names.ts';
import { claimDomain, listEveryClaim, releaseEverywhere } from '../connections/mail-domains.store.ts';
import { command, sign } from '../platform/author.ts';
import { inSystem } from '../platform/db.ts';
import { UserError } from '../platform/errors.ts';
import { findWorkspace } from './find-workspace.ts';
import { withContext } from './open-context.ts';
import { UsageError } from './usage.ts';

/** `domain claim <domain>`: by the operator's word, without a look into the DNS; prints the domain in its normal form. */
export async function claim(args: string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { workspace: { type: 'string' } },
  });
  const domain = readDomain(positionals);
  await withContext(async (context) => {
    const workspaceId = await findWorkspace(context, values.workspace);
    await inSystem(context.databases.system, async (tx) => {
      sign(tx, command);
      const wanted = { domain, by: 'operator' as const, at: context.clock.now() };
      if (!(await claimDomain(tx, wanted, workspaceId)))
        throw refused(`Another workspace has claimed ${domain}: signalbox domain list`);
      await record(tx, { kind: 'mail-domain-claimed', on: named(domain), workspaceId });
    });
  });
  process.stdout.write(`${domain}\n`);
}

/** `domain release <domain>` */
export async function release(args: string[]): Promise<void> {
  const { positionals } = parseArgs({ args, allowPositionals: true, options: {} });
  const domain = readDomain(positionals);
  await withContext((context) =>
    inSystem(context.databases.system, async (tx) => {
      sign(tx, command);
      const workspaceId = await releaseEverywhere(tx, domain);
      if (workspaceId === undefined) throw refused(`Nobody has claimed ${domain}`);
      await record(tx, { kind: 'mail-domain-released', on: named(domain), workspaceId });
    }),
  );
  process.stdout.write(`${domain}\n`);
}

/** `domain list`: a line each, parted by tabs: domain, workspace, how it was claimed and when. */
export async function list(args: string[]): Promise<void> {
  parseArgs({ args, options: {} });
  const claims = await withContext(({ databases }) => inSystem(databases.system, listEveryClaim));
  for (const { domain, workspaceId, workspace, by, at } of claims)
    process.stdout.write(`${[domain, `${workspaceId} "${workspace}"`, by, at.toISOString()].join('\t')}\n`);
}

function readDomain([text, ...more]: readonly string[]): string {
  if (text === undefined || more.length > 0) throw new UsageError('Give one domain');
  const domain = normalDomain(text);
  if (domain === undefined) throw new UsageError(`"${text}" is not a domain like firm.example`);
  if (domain === SANDBOX_DOMAIN) throw new UsageError(`${SANDBOX_DOMAIN} belongs to every workspace`);
  return domain;
}

const named = (domain: string) => ({ kind: 'mail-domain' as const, id: domain, name: domain });

function refused(detail: string): UserError {
  return new UserError({ status: 409, code: 'domain-taken', title: 'Not possible', detail });
}
