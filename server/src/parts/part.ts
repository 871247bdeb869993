import type { ChannelKind } from '@signalbox/contract/channels/channels.ts';
import type { TimelineKind } from '@signalbox/contract/timeline.ts';
import type { FastifyRequest } from 'fastify';
import type { TestChannel } from '../connections/test-channel.routes.ts';
import type { Sender } from '../outbox/sender.ts';
import type { People } from '../people/people.ts';
import type { Context } from '../platform/context.ts';
import type { Route } from '../platform/http/http.ts';
import type { Task } from '../platform/jobs/jobs.ts';
import type { BindSignals } from '../signals/binding.ts';
import type { Weigh } from '../signals/parse-signals.ts';
import type { Recorder } from '../signals/recorder.ts';
import type { PortMakers, PortRun } from './port-run.ts';
import type { ReferenceSources } from './references.ts';
import type { Undoes } from './undoing.ts';

/**
 * What a part of the house gives, as a plain literal in the list of compose/parts.ts. Whatever starts, serves or works goes through
 * that list. A channel gets into it by its line in channels/index.ts; compose/parts.test.ts says what a part forgets.
 */
export interface Part {
  readonly name: string;
  /** The kinds of channels that it carries. */
  readonly channels?: readonly ChannelKind[];
  /** In the role `web`. */
  routes?(context: Context, doors: RouteDoors): readonly Route[];
  /** The same, but only where the sandbox is on (interfaces.md, SANDBOX). */
  readonly sandbox?: ((context: Context, doors: RouteDoors) => readonly Route[]) | undefined;
  /** By the kind of outbox row that they send. */
  readonly senders?: Readonly<Record<string, (context: Context) => Sender>>;
  /** Kinds of jobs, in the role `worker`. */
  tasks?(context: Context): readonly Task[];
  /** Work that is looked for now and then, in the role `worker`: jobs are hints and may be lost. */
  polls?(context: Context): readonly Poll[];
  /** Doors other than HTTP, in the role `channels`. One that cannot open says so in the log and costs nothing else. */
  listeners?(context: Context): Promise<Listener>;
  /** What rules may do through it; each is added to the `Ports` of automation/ (`rules/<family>/port.ts`). */
  readonly ports?: PortMakers<PortRun>;
  /** How what its ports leave behind is taken back again, by kind (docs/undo.md). */
  readonly undoes?: Undoes;
  /** Ties what it keeps to the items that the drain has chosen, in the drain's transaction (semantics.md 2.5). */
  readonly bind?: BindSignals | undefined;
  /** Kinds of timeline entries that it writes. */
  readonly entries?: readonly TimelineKind[];
  /** Scenes of the walk over the screens (e2e/scenes/scenes.ts) that show it. */
  readonly scenes?: readonly string[];
  /** By provider: the events that it may report. Each has a `fixtures/<provider>/<event>.json` beside the part. */
  readonly events?: Readonly<Record<string, readonly string[]>>;
  /** Tries a channel of its kinds now, over the network; undefined: there is nothing to try. */
  test?: TestChannel | undefined;
  /** What it keeps that settings may choose from; one source a kind. */
  readonly references?: ReferenceSources;
  /** Adds to a reported signal what its reporter did not weigh (semantics.md 9.1). */
  readonly weigh?: Weigh;
}

/** What routes may need of the rest of the house. */
export interface RouteDoors {
  readonly people: People;
  readonly recorder: Recorder;
  /** An employee is known only by a signed-in session (semantics.md 9.2). */
  findEmployee(request: FastifyRequest): Promise<{ workspaceId: number; employeeId: number } | undefined>;
}

export interface Poll {
  readonly everyMs: number;
  /** One after the other, never two at once; what it throws is logged and the next follows. */
  work(): Promise<unknown>;
}

export interface Listener {
  stop(): Promise<void>;
}
