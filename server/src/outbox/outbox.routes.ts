import { idParams } from '@signalbox/contract/common.ts';
import { record } from '../audit/record.ts';
import { findChannel } from '../connections/channels.store.ts';
import type { Context } from '../platform/context.ts';
import { conflict, notFound } from '../platform/errors.ts';
import { type Route, route } from '../platform/http/http.ts';
import { type Listeners, resumeChannel } from './brake.ts';

/** What a person may do about a channel whose provider keeps failing. */
export const outboxRoutes = ({ clock }: Context, listeners: Listeners): Route[] => [
  route({
    method: 'POST',
    path: '/api/v1/channels/:id/resume',
    summary: 'Do not wait: send what waits for a paused channel now',
    tag: 'Channels',
    access: 'settings',
    params: idParams,
    answers: { 204: null },
    handle: ({ params, write }) =>
      write(async (tx) => {
        const channel = await findChannel(tx, params.id);
        if (channel === undefined) throw notFound(`Channel ${params.id}`);
        const resumed = await resumeChannel(tx, listeners, { channelId: params.id, now: clock.now() });
        if (!resumed) throw conflict('not-paused', 'The channel is not paused');
        await record(tx, { kind: 'channel-resumed', on: { kind: 'channel', id: channel.id, name: channel.name } });
        return { status: 204 };
      }),
  }),
];
