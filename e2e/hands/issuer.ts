import { OAuth2Server } from 'oauth2-mock-server';

/** An issuer of OpenID Connect at which whoever comes is signed in at once, as the person that `says` has named last. */
export async function startIssuer() {
  const server = new OAuth2Server();
  let claims: Record<string, unknown> = {};
  await server.issuer.keys.generate('RS256');
  await server.start(0, '127.0.0.1');
  server.service.on('beforeTokenSigning', ({ payload }: { payload: object }) =>
    Object.assign(payload, { aud: 'signalbox', auth_time: Math.floor(Date.now() / 1_000) }, claims),
  );
  return {
    environment: {
      ...{ OIDC_ISSUER: server.issuer.url ?? '', OIDC_NAME: 'Harbour ID' },
      ...{ OIDC_CLIENT_ID: 'signalbox', OIDC_CLIENT_SECRET: 'a secret of the issuer' },
    },
    says(next: Record<string, unknown>) {
      claims = next;
    },
    stop: () => server.stop(),
  };
}
