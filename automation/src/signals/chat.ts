import { z } from 'zod';
import strings from './chat.strings.json' with { type: 'json' };
import { channelRef, defineSignal, employeeRef } from './define-signal.ts';

const chat = {
  conversation: z.number().int().optional(),
  channel: channelRef.optional(),
  channelName: z.string().optional(),
};
const openChannel = { external: true, tie: 'either', channelKind: 'open-channel', multiClient: 'all' } as const;

export const chatStarted = defineSignal({
  ...openChannel,
  kind: 'chat.started',
  strings,
  channelOf: (started) => started.channel,
  schema: z.looseObject({ ...chat, text: z.string().optional(), reopened: z.boolean().optional() }),
});

export const chatAccepted = defineSignal({
  ...openChannel,
  kind: 'chat.accepted',
  strings,
  channelOf: (accepted) => accepted.channel,
  schema: z.looseObject({
    ...chat,
    employee: employeeRef.optional(),
    /** From the client's first message to Answer. */
    waitedSeconds: z.number().min(0).optional(),
    workingSeconds: z.number().min(0).optional(),
  }),
});

export const chatReplied = defineSignal({
  ...openChannel,
  kind: 'chat.replied',
  strings,
  channelOf: (replied) => replied.channel,
  schema: z.looseObject({
    ...chat,
    employee: employeeRef.optional(),
    text: z.string().optional(),
    /** From Answer to the operator's first message. */
    waitedSeconds: z.number().min(0).optional(),
    workingSeconds: z.number().min(0).optional(),
  }),
});

export const chatWaiting = defineSignal({
  ...openChannel,
  kind: 'chat.waiting',
  strings,
  channelOf: (waiting) => waiting.channel,
  schema: z.looseObject({
    ...chat,
    employee: employeeRef.optional(),
    /** Which clock ran out: since Answer was pressed, or since the client's first message. */
    since: z.enum(['answer', 'message']).default('answer'),
    waitedSeconds: z.number().min(0),
    workingSeconds: z.number().min(0).optional(),
  }),
});

export const chatMessage = defineSignal({
  ...openChannel,
  kind: 'chat.message',
  strings,
  channelOf: (message) => message.channel,
  schema: z.looseObject({ ...chat, text: z.string() }),
});
