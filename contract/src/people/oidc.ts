import { z } from 'zod';

/**
 * GET /session/oidc: where to go afterwards; `anew`: whoever is signed in here proves at the issuer once more who they are, before
 * something that matters, and comes back to `/confirmed`.
 */
export const oidcQuery = z.object({ next: z.string().max(2_000).optional(), anew: z.literal('1').optional() });

/** Why somebody comes back from the issuer and is not signed in, or has not confirmed who they are: `?problem=`. */
export const oidcProblem = z.enum([
  'oidc-failed',
  'oidc-down',
  'oidc-unverified',
  'oidc-nobody',
  'oidc-other',
  'oidc-not-you',
]);
export type OidcProblem = z.infer<typeof oidcProblem>;
