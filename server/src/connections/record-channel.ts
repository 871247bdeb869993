import { differences, secretDifferences } from '../audit/differences.ts';
import { record } from '../audit/record.ts';
import type { Tx } from '../platform/db.ts';
import type { StoredChannel } from './channels.store.ts';

interface Both {
  readonly before: StoredChannel | null;
  readonly after: StoredChannel | null;
}

/** What somebody did to a channel; of its secrets only that they are others now. */
export async function recordChannel(
  tx: Tx,
  kind: 'channel-made' | 'channel-changed' | 'channel-deleted',
  { before, after }: Both,
): Promise<void> {
  const one = before ?? after;
  if (one === null) return;
  await record(tx, {
    ...{ kind, on: { kind: 'channel', id: one.id, name: one.name }, params: { channel: one.kind } },
    changes: [
      ...differences(before && told(before), after && told(after)),
      ...secretDifferences(before?.secrets ?? {}, after?.secrets ?? {}),
    ],
  });
}

function told({ name, provider, enabled, settings }: StoredChannel): object {
  return { name, provider, enabled, ...settings };
}
