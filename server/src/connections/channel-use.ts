import { type AutomationFile, automationFile } from '@signalbox/automation/engine/file.ts';
import { foldedName } from '@signalbox/automation/kit/definitions/match.ts';
import type { Fields } from '@signalbox/automation/kit/settings/setting.ts';
import { ruleByKey } from '@signalbox/automation/rules/index.ts';
import { triggerByKey } from '@signalbox/automation/triggers/index.ts';
import type { ChannelUse } from '@signalbox/contract/channels/channels.ts';
import type { Tx } from '../platform/db.ts';
import { countWaitingMessages, listNewestBoards, type NewestBoard } from './channel-use.store.ts';
import { listChannels, type StoredChannel } from './channels.store.ts';

type Entry = Pick<AutomationFile['triggers'][number], 'id' | 'name' | 'settings'>;
type Use = ChannelUse['automation'][number];

/** Who would miss the channel: settings name it by id, name, address or number, or say nothing and mean the only one there is. */
export async function findChannelUse(tx: Tx, channel: StoredChannel): Promise<ChannelUse> {
  const boards = await listNewestBoards(tx);
  const isOnly = (await listChannels(tx, { kind: channel.kind, limit: 2 })).length === 1;
  return {
    automation: boards.flatMap((board) => usesIn(board, { channel, isOnly })),
    waiting: await countWaitingMessages(tx, channel.id),
  };
}

/** One English sentence; null when nothing needs it. */
export function whyNeeded({ automation, waiting }: ChannelUse): string | null {
  const [first] = automation;
  if (first !== undefined) {
    const more = automation.length > 1 ? ` and ${automation.length - 1} more` : '';
    return `The ${first.lane} "${first.name ?? first.key}" of ${first.pipeline.name}${more} needs this channel`;
  }
  return waiting > 0 ? `${waiting} messages wait to leave through this channel` : null;
}

interface Wanted {
  readonly channel: StoredChannel;
  readonly isOnly: boolean;
}

function usesIn({ file: raw, ...pipeline }: NewestBoard, wanted: Wanted): Use[] {
  const parsed = automationFile.safeParse(raw);
  if (!parsed.success) return [];
  const { triggers, rules } = parsed.data;
  const use = (lane: Use['lane'], key: string, { id, name }: Entry): Use => ({
    ...{ pipeline, lane, key, entry: id ?? null, name: name ?? null },
  });
  return [
    ...triggers
      .filter((one) => needs(triggerByKey(one.on)?.fields, one, wanted))
      .map((one) => use('trigger', one.on, one)),
    ...rules.filter((one) => needs(ruleByKey(one.do)?.fields, one, wanted)).map((one) => use('rule', one.do, one)),
  ];
}

function needs(fields: Fields | undefined, { settings }: Entry, { channel, isOnly }: Wanted): boolean {
  const { id, kind, name, settings: own } = channel;
  const called = [id, name, own.address, own.number].flatMap((one) => (one ? foldedName(String(one)) : []));
  return Object.entries(fields ?? {}).some(([setting, { control, of }]) => {
    if (of !== kind || (control !== 'channel' && control !== 'channels')) return false;
    const said = settings?.[setting] ?? null;
    if (said === null) return isOnly && control === 'channel';
    return [said].flat().some((reference) => called.includes(foldedName(String(reference))));
  });
}
