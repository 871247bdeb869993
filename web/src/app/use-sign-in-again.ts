import { useQueryClient } from '@tanstack/react-query';
import { useNavigate, useRouter } from '@tanstack/react-router';
import { useEffect } from 'react';
import { isSignedOut } from '../api/transport/errors.ts';

/** A session that ran out leads to the sign-in page, and from there back to where the person was. */
export function useSignInAgain() {
  const client = useQueryClient();
  const router = useRouter();
  const navigate = useNavigate();
  useEffect(
    () =>
      client.getQueryCache().subscribe((event) => {
        if (event.type !== 'updated' || event.action.type !== 'error' || !isSignedOut(event.action.error)) return;
        client.removeQueries({ queryKey: ['me'] });
        // Whoever has just signed out is there already; what was still asked meanwhile leads nowhere.
        if (router.latestLocation.pathname === '/sign-in') return;
        void navigate({ to: '/sign-in', search: { next: router.latestLocation.href } });
      }),
    [client, navigate, router],
  );
}
