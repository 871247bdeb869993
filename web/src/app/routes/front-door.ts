import { oidcProblem } from '@signalbox/contract/people/oidc.ts';
import type { QueryClient } from '@tanstack/react-query';
import { createRootRouteWithContext, createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { z } from 'zod';
import { setupQuery } from '../../api/workspace/setup.ts';

export const rootRoute = createRootRouteWithContext<{ queryClient: QueryClient }>()({});

const welcome = createRoute({
  getParentRoute: () => rootRoute,
  path: '/welcome',
  beforeLoad: async ({ context }) => {
    const setup = await context.queryClient.fetchQuery(setupQuery);
    if (!setup.needsFirstAccount) throw redirect({ to: '/' });
  },
  component: lazyRouteComponent(() => import('../../features/welcome/welcome-page.tsx'), 'WelcomePage'),
});

const signIn = createRoute({
  getParentRoute: () => rootRoute,
  path: '/sign-in',
  validateSearch: z.object({ next: z.string().optional(), problem: oidcProblem.optional().catch(undefined) }),
  beforeLoad: async ({ context }) => {
    const setup = await context.queryClient.fetchQuery(setupQuery);
    if (setup.needsFirstAccount) throw redirect({ to: '/welcome' });
  },
  component: lazyRouteComponent(() => import('../../features/welcome/sign-in-page.tsx'), 'SignInPage'),
});

const confirmed = createRoute({
  getParentRoute: () => rootRoute,
  path: '/confirmed',
  validateSearch: z.object({ problem: oidcProblem.optional().catch(undefined) }),
  component: lazyRouteComponent(() => import('../../features/welcome/confirmed-page.tsx'), 'ConfirmedPage'),
});

const second = createRoute({
  getParentRoute: () => rootRoute,
  path: '/second',
  validateSearch: z.object({ next: z.string().optional() }),
  component: lazyRouteComponent(() => import('../../features/welcome/second-page.tsx'), 'SecondPage'),
});

const forgotten = createRoute({
  getParentRoute: () => rootRoute,
  path: '/forgotten',
  component: lazyRouteComponent(() => import('../../features/welcome/forgotten-page.tsx'), 'ForgottenPage'),
});

const reset = createRoute({
  getParentRoute: () => rootRoute,
  path: '/reset/$token',
  component: lazyRouteComponent(() => import('../../features/welcome/reset-page.tsx'), 'ResetPage'),
});

const invitation = createRoute({
  getParentRoute: () => rootRoute,
  path: '/invitations/$token',
  component: lazyRouteComponent(() => import('../../features/welcome/invitation-page.tsx'), 'InvitationPage'),
});

/** What may be seen without a session, or with half of one. */
export const frontDoor = [welcome, signIn, confirmed, second, forgotten, reset, invitation];
