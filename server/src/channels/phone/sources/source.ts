import type { Listener, RouteDoors } from '../../../parts/part.ts';
import type { Context } from '../../../platform/context.ts';
import type { Route } from '../../../platform/http/http.ts';

/** Where calls come from: one folder each, one line in `sources/index.ts`. It tells of calls by `applyCallEvent`. */
export interface CallSource {
  /** As the channel's settings name it: `automation/src/channels/phone-line/<provider>.ts`. */
  readonly provider: string;
  /** Web hooks, in the role `web`. */
  routes?(context: Context, doors: RouteDoors): readonly Route[];
  /** Connections that it holds open, in the role `channels`. */
  listeners?(context: Context): Promise<Listener>;
}
