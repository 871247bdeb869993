import { type Reason, reasonText } from '@signalbox/automation/kit/words/reasons.ts';
import { type ChannelKind, type ChannelTest, channelTest } from '@signalbox/contract/channels/channels.ts';
import { idParams } from '@signalbox/contract/common.ts';
import type { Context } from '../platform/context.ts';
import { inWorkspace } from '../platform/db.ts';
import { conflict, notFound } from '../platform/errors.ts';
import { type Route, route } from '../platform/http/http.ts';
import { findChannel, type StoredChannel } from './channels.store.ts';

/** What came of one thing that was tried. */
export interface ChannelCheck {
  readonly code: ChannelTest['checks'][number]['code'];
  /** Of what it does when it works. */
  readonly message: string;
  /** Null: it works. */
  readonly reason: Reason | null;
}

/** In the order in which they were tried; undefined: nothing of this channel can be. */
export type TestChannel = (context: Context, channel: StoredChannel) => Promise<readonly ChannelCheck[]> | undefined;

/** `POST /channels/:id/test` (interfaces.md, the second part). */
export const testChannelRoutes = (
  { databases, ...context }: Context,
  testOf: (kind: ChannelKind) => TestChannel | undefined,
): Route[] => [
  route({
    method: 'POST',
    path: '/api/v1/channels/:id/test',
    summary: 'Try now whether a channel works as it is set up',
    tag: 'Channels',
    access: 'settings',
    params: idParams,
    answers: { 200: channelTest },
    handle: async ({ caller, params }) => {
      const channel = await inWorkspace(databases.app, caller.workspaceId, (tx) => findChannel(tx, params.id));
      if (channel === undefined) throw notFound(`Channel ${params.id}`);
      const checks = await testOf(channel.kind)?.({ databases, ...context }, channel);
      if (checks === undefined) throw conflict('cannot-test', `The channel "${channel.name}" has no test`);
      return { status: 200, body: { ok: checks.every(({ reason }) => reason === null), checks: checks.map(show) } };
    },
  }),
];

const show = ({ code, message, reason }: ChannelCheck): ChannelTest['checks'][number] => ({
  ...{ code, ok: reason === null, message: reason === null ? message : reasonText(reason) },
  reason: reason && { ...reason },
});
