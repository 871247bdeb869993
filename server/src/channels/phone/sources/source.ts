import type { StoredChannel } from '../../../connections/channels.store.ts';
import type { ChannelCheck } from '../../../connections/test-channel.routes.ts';
import type { SendResult } from '../../../outbox/sender.ts';
import type { Listener, RouteDoors } from '../../../parts/part.ts';
import type { Config } from '../../../platform/config/config.ts';
import type { Context } from '../../../platform/context.ts';
import type { Route } from '../../../platform/http/http.ts';
import type { Line } from '../lines/line.ts';
import type { Login } from '../recordings/fetch-guarded.ts';

/** Where calls come from: one folder each, one line in `sources.ts`. It tells of calls by `applyCallEvent`. */
export interface CallSource {
  /** As the channel's settings name it: `automation/src/channels/phone-line/<provider>.ts`. */
  readonly provider: string;
  /** Web hooks, in the role `web`. */
  routes?(context: Context, doors: RouteDoors): readonly Route[];
  /** Connections that it holds open, in the role `channels`. */
  listeners?(context: Context): Promise<Listener>;
  /**
   * Rings the employee's phone, then calls the client; over the network, outside any transaction, in the role `worker`. Without it the
   * screens leave dialling to the telephone of whoever calls.
   */
  dial?(context: Context, order: DialOrder): Promise<Dialled>;
  /** Tries the exchange of a line now. */
  test?(context: Context, channel: StoredChannel): Promise<readonly ChannelCheck[]>;
  /** By what its recordings are fetched; undefined for every address that is not the exchange's own: a stranger may have told of it. */
  recordingLogin?(config: Pick<Config, 'dataDir'>, channel: StoredChannel, url: URL): Login | undefined;
}

export interface DialOrder {
  readonly workspaceId: number;
  /** With its secrets as they are stored (`unsealSecrets`). */
  readonly channel: StoredChannel;
  readonly line: Line;
  readonly callId: number;
  /** By which the call is known until the source answers another: what it tells of the call carries the one that stands. */
  readonly sourceCallId: string;
  readonly employeeId: number;
  /** The employee's on this line; null: the line names none. */
  readonly extension: string | null;
  /** E.164, or a short number. */
  readonly number: string;
}

/** `sourceCallId`: the exchange's own name of the call, by which it is known from now on. */
export type Dialled = SendResult & { readonly sourceCallId?: string | undefined };
