import { channels } from '@signalbox/automation/channels/index.ts';
import { normalEmail } from '@signalbox/automation/kit/values/email-addresses.ts';
import { type ChannelKind, channelKind } from '@signalbox/contract/channels/channels.ts';
import type { Language } from '@signalbox/contract/common.ts';
import { type Selectable, sql } from 'kysely';
import { z } from 'zod';
import { workspaceOf } from '../platform/after-commit.ts';
import type { Tx } from '../platform/db.ts';
import type { DB } from '../platform/schema.ts';
import { type CheckedSettings, checkChannelSettings, settingValue } from './channel-settings.ts';

export interface StoredChannel extends CheckedSettings {
  readonly workspaceId: number;
  readonly id: number;
  readonly kind: ChannelKind;
  readonly provider: string;
  readonly name: string;
  readonly enabled: boolean;
}

/** One sandbox of each kind, called as the workspace speaks, so that a new workspace can do everything without any provider (interfaces.md, HTTP). Nothing if it has channels. */
export async function makeDefaultChannels(tx: Tx, language: Language): Promise<void> {
  const [first] = await listChannels(tx, { limit: 1 });
  if (first !== undefined) return;
  for (const { kind, provider, start } of channels) {
    if (start === null) continue;
    const settings = checkChannelSettings({ kind, provider, settings: start.settings });
    await insertChannel(tx, { kind, provider, name: start.nameIn(language), ...settings });
  }
}

export async function insertChannel(
  tx: Tx,
  channel: Pick<StoredChannel, 'kind' | 'provider' | 'name' | 'settings' | 'secrets'>,
): Promise<StoredChannel> {
  const { settings, secrets, ...rest } = channel;
  const row = await tx
    .insertInto('channels')
    .values({
      workspace_id: workspaceOf(tx),
      ...rest,
      settings: JSON.stringify(settings),
      secrets: JSON.stringify(secrets),
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  return toChannel(row);
}

export async function updateChannel(tx: Tx, { id, name, enabled, settings, secrets }: StoredChannel): Promise<void> {
  await tx
    .updateTable('channels')
    .set({ name, enabled, settings: JSON.stringify(settings), secrets: JSON.stringify(secrets) })
    .where('workspace_id', '=', workspaceOf(tx))
    .where('id', '=', id)
    .execute();
}

export async function deleteChannel(tx: Tx, id: number): Promise<void> {
  await tx.deleteFrom('channels').where('workspace_id', '=', workspaceOf(tx)).where('id', '=', id).execute();
}

export async function listChannels(
  tx: Tx,
  page: { kind?: ChannelKind; after?: number; limit: number },
): Promise<StoredChannel[]> {
  const rows = await tx
    .selectFrom('channels')
    .selectAll()
    .where('workspace_id', '=', workspaceOf(tx))
    .where('id', '>', page.after ?? 0)
    .$if(page.kind !== undefined, (query) => query.where('kind', '=', page.kind ?? ''))
    .orderBy('id')
    .limit(page.limit)
    .execute();
  return rows.map(toChannel);
}

/** All of them, for what looks a reference up among them: an id, a name, an address, a number. */
export async function listEveryChannel(tx: Tx): Promise<StoredChannel[]> {
  const rows = await tx
    .selectFrom('channels')
    .selectAll()
    .where('workspace_id', '=', workspaceOf(tx))
    .orderBy('id')
    .execute();
  return rows.map(toChannel);
}

/** As settings choose and name them: by id, name, address or number. */
export async function listChannelReferences(tx: Tx, kind: ChannelKind) {
  const ofKind = (await listEveryChannel(tx)).filter((channel) => channel.kind === kind);
  return ofKind.map(({ id, name, settings: { address, number } }) => ({
    ...{ id, name },
    also: [address, number].filter((one) => typeof one === 'string'),
  }));
}

export async function findChannel(tx: Tx, id: number): Promise<StoredChannel | undefined> {
  const row = await tx
    .selectFrom('channels')
    .selectAll()
    .where('workspace_id', '=', workspaceOf(tx))
    .where('id', '=', id)
    .executeTakeFirst();
  return row && toChannel(row);
}

/** By id or address; without either the workspace's first mailbox. */
export async function findMailbox(tx: Tx, mailbox?: number | string | null): Promise<StoredChannel | undefined> {
  const row = await tx
    .selectFrom('channels')
    .selectAll()
    .where('workspace_id', '=', workspaceOf(tx))
    .where('kind', '=', 'mailbox')
    .where('enabled', '=', true)
    .$if(typeof mailbox === 'number', (query) => query.where('id', '=', Number(mailbox)))
    .$if(typeof mailbox === 'string', (query) =>
      query.where(sql`settings ->> 'address'`, '=', normalEmail(String(mailbox))),
    )
    .orderBy('id')
    .executeTakeFirst();
  return row && toChannel(row);
}

/** Of all workspaces, for the door where mail comes in: those with one of the addresses' domains, the oldest first. Needs the system role. */
export async function listMailboxesOfDomains(
  tx: Tx,
  domains: readonly string[],
): Promise<{ workspaceId: number; id: number; address: string }[]> {
  if (domains.length === 0) return [];
  const { rows } = await sql<{ workspaceId: number; id: number; address: string }>`
    select workspace_id as "workspaceId", id, settings ->> 'address' as address
    from channels
    where kind = 'mailbox' and enabled and split_part(settings ->> 'address', '@', 2) = any(${domains}::text[])
    order by workspace_id, id`.execute(tx);
  return rows;
}

/** Of all workspaces, held until the transaction ends: nobody saves others meanwhile. Needs the system role. */
export async function lockSecrets(tx: Tx): Promise<Pick<StoredChannel, 'workspaceId' | 'id' | 'secrets'>[]> {
  const rows = await tx
    .selectFrom('channels')
    .select(['workspace_id as workspaceId', 'id', 'secrets'])
    .orderBy('workspace_id')
    .orderBy('id')
    .forUpdate()
    .execute();
  return rows.map((row) => ({ ...row, secrets: stored.parse(row.secrets) }));
}

export async function setSecrets(
  tx: Tx,
  { workspaceId, id, secrets }: Pick<StoredChannel, 'workspaceId' | 'id' | 'secrets'>,
): Promise<void> {
  await tx
    .updateTable('channels')
    .set({ secrets: JSON.stringify(secrets) })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .execute();
}

/** The mailbox's own address; every mailbox has one (checkChannelSettings). */
export function addressOf({ settings, id }: StoredChannel): string {
  const { address } = settings;
  if (typeof address !== 'string') throw new Error(`mailbox ${id} has no address`);
  return address;
}

const stored = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]).catch(null));
const storedSettings = z.record(z.string(), settingValue);

function toChannel(row: Selectable<DB['channels']>): StoredChannel {
  return {
    workspaceId: row.workspace_id,
    id: row.id,
    kind: channelKind.parse(row.kind),
    provider: row.provider,
    name: row.name,
    enabled: row.enabled,
    settings: storedSettings.parse(row.settings),
    secrets: stored.parse(row.secrets),
  };
}
