import type { QueryClient } from '@tanstack/react-query';
import type { AnyRouteMatch } from '@tanstack/react-router';

/** Begins to load what a page is drawn from; whoever draws it waits for the rest and tells what fails. */
export type LoadAhead = (client: QueryClient, params: Readonly<Record<string, string | undefined>>) => Promise<unknown>;

declare module '@tanstack/react-router' {
  interface StaticDataRouteOption {
    /** Loaded while it is still asked who is signed in. */
    readonly ahead?: LoadAhead;
  }
}

/** A page opened by its address waits for one answer, not for one after the other. */
export function loadAhead(client: QueryClient, matches: readonly Pick<AnyRouteMatch, 'staticData' | 'params'>[]): void {
  const page = matches.at(-1);
  page?.staticData.ahead?.(client, page.params).catch(() => {});
}
