import { createRouter } from '@tanstack/react-router';
import { queryClient } from '../api/transport/query-client.ts';
import { Loading } from '../ui/loading.tsx';
import { Crashed, Missing } from './dead-ends.tsx';
import { frontDoor, rootRoute } from './routes/front-door.ts';
import { signedIn } from './routes/signed-in.ts';

export const router = createRouter({
  routeTree: rootRoute.addChildren([...frontDoor, signedIn]),
  context: { queryClient },
  defaultPreload: 'intent',
  defaultPendingComponent: Loading,
  defaultPendingMs: 300,
  defaultErrorComponent: Crashed,
  defaultNotFoundComponent: Missing,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
