import { z } from 'zod';

/** GET /session/oidc: where to go afterwards; `anew`: give the password at the issuer again, before something that matters. */
export const oidcQuery = z.object({ next: z.string().max(2_000).optional(), anew: z.literal('1').optional() });

/** Why somebody comes back from the issuer and is not signed in: `/sign-in?problem=`. */
export const oidcProblem = z.enum(['oidc-failed', 'oidc-down', 'oidc-unverified', 'oidc-nobody', 'oidc-other']);
export type OidcProblem = z.infer<typeof oidcProblem>;
