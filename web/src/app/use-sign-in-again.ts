import { useQueryClient } from '@tanstack/react-query';
import { useNavigate, useRouter } from '@tanstack/react-router';
import { useEffect } from 'react';
import { isHalfSignedIn, isSignedOut } from '../api/transport/errors.ts';

/** A session that ran out, or owes more than it did, leads to the sign-in page or to what it owes, and from there back to where the person was. */
export function useSignInAgain() {
  const client = useQueryClient();
  const router = useRouter();
  const navigate = useNavigate();
  useEffect(
    () =>
      client.getQueryCache().subscribe((event) => {
        if (event.type !== 'updated' || event.action.type !== 'error') return;
        const isHalf = isHalfSignedIn(event.action.error);
        if (!isHalf && !isSignedOut(event.action.error)) return;
        client.removeQueries({ queryKey: ['me'] });
        // Whoever has just signed out is there already; what was still asked meanwhile leads nowhere.
        const to = isHalf ? '/second' : '/sign-in';
        if (['/sign-in', '/second'].includes(router.latestLocation.pathname)) return;
        void navigate({ to, search: { next: router.latestLocation.href } });
      }),
    [client, navigate, router],
  );
}
