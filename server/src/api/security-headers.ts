import type { FastifyInstance, FastifyReply } from 'fastify';

// Inline styles: the components of the web app set them; letters are shown in sandboxed frames of their own.
const policy = [
  "default-src 'self'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  // Pictures in letters, once the reader has asked for them.
  "img-src 'self' data: blob: https:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "frame-src 'self' blob:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

interface Place {
  readonly isHttps: boolean;
}

/** For every answer; a route that needs other ones (a public form in a frame) sets its own. */
export function addSecurityHeaders(app: FastifyInstance, place: Place): void {
  app.addHook('onRequest', async (_request, reply) => {
    setSecurityHeaders(reply, place);
  });
}

/** What cannot be routed comes by no hook. */
export function setSecurityHeaders(reply: FastifyReply, { isHttps }: Place): void {
  reply.header('content-security-policy', policy);
  reply.header('x-content-type-options', 'nosniff');
  reply.header('x-frame-options', 'DENY');
  reply.header('referrer-policy', 'same-origin');
  reply.header('cross-origin-opener-policy', 'same-origin');
  // Personal data stay in no cache, of a browser or between; what is the same for everybody says so itself.
  reply.header('cache-control', 'no-store');
  if (isHttps) reply.header('strict-transport-security', 'max-age=31536000; includeSubDomains');
}
