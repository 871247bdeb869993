import type { ChannelKind } from '@signalbox/contract/channels/channels.ts';
import { createTurns } from '../automation/drain/turns.ts';
import { automation } from '../automation/part.ts';
import { reportArrival, reportTrouble } from '../automation/running/report-trouble.ts';
import * as channels from '../channels/index.ts';
import { drive } from '../collaboration/drive/part.ts';
import { tellOfPause } from '../collaboration/notifications/tell-of-pause.ts';
import { crm } from '../crm/part.ts';
import type { Listeners } from '../outbox/brake.ts';
import type { Senders } from '../outbox/sender.ts';
import { outside } from '../outside/part.ts';
import type { Part } from '../parts/part.ts';
import { offerReferences } from '../parts/references.ts';
import { planned } from '../planned/part.ts';
import type { Context } from '../platform/context.ts';
import { makePorts } from '../ports/make-ports.ts';
import { undoes } from '../ports/undoing/undoes.ts';
import type { BindSignals } from '../signals/binding.ts';
import type { Weigh } from '../signals/parse-signals.ts';
import { tasks } from '../tasks/part.ts';

/** How the workspaces share this process: its engine and its jobs. */
export const turns = createTurns();

/** The parts of the house; a new channel is a line in channels/index.ts. parts.test.ts says what else it needs. */
export const parts: readonly Part[] = [
  automation(makePorts, turns, undoes),
  crm,
  drive,
  tasks,
  outside,
  planned,
  ...Object.values(channels),
];

for (const { references = {} } of parts) offerReferences(references);

/** Kinds of channels that can be set up and have no part yet; the list gets shorter, never longer. */
export const announced: readonly ChannelKind[] = ['open-channel', 'sms-provider', 'payment-provider'];

/** Who hears of what the outbox could not send. */
export const listeners: Listeners = { onArrival: reportArrival, onTrouble: reportTrouble, onPause: tellOfPause };

export const makeSenders = (context: Context): Senders =>
  Object.fromEntries(
    parts.flatMap(({ senders = {} }) => Object.entries(senders).map(([kind, make]) => [kind, make(context)])),
  );

export const bindSignals: BindSignals = async (tx, bindings) => {
  for (const part of parts) await part.bind?.(tx, bindings);
};

export const weigh: Weigh = (kind, payload) =>
  parts.reduce((weighed, part) => part.weigh?.(kind, weighed) ?? weighed, payload);
