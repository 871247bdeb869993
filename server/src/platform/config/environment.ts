import { isIP } from 'node:net';
import { accountEmail } from '@signalbox/automation/kit/values/email-addresses.ts';
import { z } from 'zod';
import { parseQuotas } from './quota-amounts.ts';

const roleNames = ['web', 'engine', 'worker', 'channels'] as const;
const levels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

export type Role = (typeof roleNames)[number];
export type LogLevel = (typeof levels)[number];

const port = z.coerce.number('must be a port number').int().min(0).max(65_535, 'must be at most 65535');

const httpUrl = z
  .url({ protocol: /^https?$/, error: 'must be a URL like https://crm.example.com' })
  .transform((url) => url.replace(/\/+$/, ''));

const postgresUrl = z.url({
  protocol: /^postgres(ql)?$/,
  error: 'must be a URL like postgres://user:password@host/database',
});

const roles = z
  .string()
  .transform((text) => text.split(',').map((name) => name.trim()))
  .pipe(z.array(z.enum(roleNames, `must be some of ${roleNames.join(',')}`)).nonempty())
  .transform((names): ReadonlySet<Role> => new Set(names));

const listenAddress = z
  .string()
  .regex(/^(off|.+:\d{1,5})$/, 'must be like 127.0.0.1:2525, or off')
  .transform((text) => (text === 'off' ? undefined : toAddress(text)));

function toAddress(text: string): { host: string; port: number } {
  const colon = text.lastIndexOf(':');
  return { host: text.slice(0, colon).replace(/^\[|\]$/g, ''), port: Number(text.slice(colon + 1)) };
}

const proxies = z
  .string()
  .transform((text) => (text === 'none' ? [] : text.split(',').map((name) => name.trim())))
  .refine(
    (names) => names.every(isNetwork),
    'must be some of loopback, linklocal, uniquelocal, addresses and networks like 10.0.0.0/8; or none',
  );

function isNetwork(name: string): boolean {
  if (['loopback', 'linklocal', 'uniquelocal'].includes(name)) return true;
  const [address = '', bits = '0', ...rest] = name.split('/');
  return (
    rest.length === 0 && isIP(address) !== 0 && /^\d+$/.test(bits) && Number(bits) <= (isIP(address) === 4 ? 32 : 128)
  );
}

const quotas = z.string().transform((text, context) => {
  const amounts = parseQuotas(text);
  if (amounts !== undefined) return amounts;
  context.addIssue({ code: 'custom', message: 'must be like items=100k,file-bytes=20G (docs/operations.md, Quotas)' });
  return z.NEVER;
});
const dnsServers = z
  .string()
  .transform((text) => text.split(',').map((server) => server.trim()))
  .refine(
    (servers) => servers.every((server) => isIP(server) !== 0 || isIP(toAddress(server).host) !== 0),
    'must be addresses like 10.0.0.53 or 127.0.0.1:5353',
  );

const s3Url = z
  .url({ protocol: /^https?$/, error: 'must be a URL like https://key:secret@host/bucket?region=eu-central-1' })
  .refine((text) => /^\/[^/]/.test(new URL(text).pathname), 'must name the bucket, like https://key:secret@host/bucket')
  .refine(
    (text) => new URL(text).password !== '',
    'must hold the key and its secret, like https://key:secret@host/bucket',
  );

const relayUsers = z
  .string()
  .transform((text) =>
    text.split(',').map((pair) => {
      const [name = '', ...password] = pair.trim().split(':');
      return { name, password: password.join(':') };
    }),
  )
  .refine(
    (users) => users.every(({ name, password }) => name !== '' && password.length >= 12),
    'must be like relay:password, several with commas, each password of at least 12 characters',
  );

const variables = z.object({
  PORT: port.default(3000),
  HOST: z.string().default('127.0.0.1'),
  PUBLIC_URL: httpUrl.optional(),
  ALLOWED_HOSTS: z
    .string()
    .transform((text) => text.split(',').map((name) => name.trim().toLowerCase()))
    .default([]),
  TRUSTED_PROXIES: proxies.default(['loopback']),
  DATA_DIR: z.string().default('./data'),
  DATABASE_URL: postgresUrl.optional(),
  ROLES: roles.default(new Set(roleNames)),
  SIGNALBOX_ADMIN_EMAIL: accountEmail.optional(),
  SIGNALBOX_ADMIN_PASSWORD: z.string().optional(),
  SIGNALBOX_API_KEY: z.string().min(8, 'must have at least 8 characters').optional(),
  SMTP_URL: z.url({ protocol: /^smtps?$/, error: 'must be a URL like smtp://user:password@host:587' }).optional(),
  SMTP_FROM: z.email('must be an e-mail address').optional(),
  SMTP_LISTEN: listenAddress.default({ host: '127.0.0.1', port: 2525 }),
  SMTP_RELAYS: proxies.default([]),
  SMTP_USERS: relayUsers.default([]),
  SMTP_TLS_CERT: z.string().optional(),
  SMTP_TLS_KEY: z.string().optional(),
  SMTP_AUTHSERV_IDS: z
    .string()
    .transform((text) => text.split(',').map((name) => name.trim().toLowerCase()))
    .default([]),
  SMTP_CONNECTIONS: z.coerce.number('must be a number').int().min(1, 'must be at least 1').max(10_000).default(50),
  SMTP_RATE: z.coerce.number('must be a number').int().min(1, 'must be at least 1').max(1_000_000).default(3_000),
  DNS_SERVERS: dnsServers.default([]),
  S3_URL: s3Url.optional(),
  PRIVATE_HOSTS: z.enum(['on', 'off'], 'must be on or off').optional(),
  // For Node's own flags: tools/ensure/heap.mjs gives it to the process before this one is read.
  HEAP_MB: z.coerce.number('must be a number of megabytes').int().min(256, 'must be at least 256').optional(),
  METRICS_TOKEN: z.string().min(16, 'must have at least 16 characters').optional(),
  LOG_LEVEL: z.enum(levels, `must be one of ${levels.join(', ')}`).default('info'),
  SESSION_IDLE_MINUTES: z.coerce
    .number('must be a number of minutes')
    .int()
    .min(5, 'must be at least 5')
    .max(43_200, 'must be at most 43200')
    .default(1_440),
  AUDIT_DAYS: z.coerce
    .number('must be a number of days')
    .int()
    .min(365, 'must be at least 365')
    .max(36_500)
    .default(730),
  QUOTAS: quotas.default({}),
  OIDC_ISSUER: httpUrl.optional(),
  OIDC_CLIENT_ID: z.string().optional(),
  OIDC_CLIENT_SECRET: z.string().optional(),
  OIDC_NAME: z.string().max(40).default('SSO'),
  OIDC_DOMAINS: z
    .string()
    .transform((text) => text.split(',').map((name) => name.trim().toLowerCase()))
    .default([]),
  OIDC_ROLE: z.string().default('employee'),
  OIDC_WORKSPACE: z.string().optional(),
  SANDBOX: z.enum(['on', 'off'], 'must be on or off').default('on'),
});

/** The environment variables of interfaces.md, parsed, under the names the code uses. */
export const environment = variables
  .refine((env) => !env.SIGNALBOX_ADMIN_EMAIL === !env.SIGNALBOX_ADMIN_PASSWORD, {
    path: ['SIGNALBOX_ADMIN_EMAIL'],
    error: 'must be set together with SIGNALBOX_ADMIN_PASSWORD',
  })
  .refine((env) => !env.SMTP_TLS_CERT === !env.SMTP_TLS_KEY, {
    path: ['SMTP_TLS_CERT'],
    error: 'must be set together with SMTP_TLS_KEY',
  })
  .refine((env) => !env.OIDC_ISSUER || (env.OIDC_CLIENT_ID && env.OIDC_CLIENT_SECRET), {
    path: ['OIDC_ISSUER'],
    error: 'must be set together with OIDC_CLIENT_ID and OIDC_CLIENT_SECRET',
  })
  .transform((env) => ({
    port: env.PORT,
    host: env.HOST,
    publicUrl: env.PUBLIC_URL,
    allowedHosts: env.ALLOWED_HOSTS,
    trustedProxies: env.TRUSTED_PROXIES,
    dataDir: env.DATA_DIR,
    databaseUrl: env.DATABASE_URL,
    roles: env.ROLES,
    adminEmail: env.SIGNALBOX_ADMIN_EMAIL,
    adminPassword: env.SIGNALBOX_ADMIN_PASSWORD,
    apiKey: env.SIGNALBOX_API_KEY,
    smtpUrl: env.SMTP_URL,
    smtpFrom: env.SMTP_FROM,
    smtpListen: env.SMTP_LISTEN,
    smtpRelays: env.SMTP_RELAYS,
    smtpUsers: env.SMTP_USERS,
    smtpTls: env.SMTP_TLS_CERT && env.SMTP_TLS_KEY ? { cert: env.SMTP_TLS_CERT, key: env.SMTP_TLS_KEY } : undefined,
    smtpAuthservIds: env.SMTP_AUTHSERV_IDS,
    smtpConnections: env.SMTP_CONNECTIONS,
    smtpRate: env.SMTP_RATE,
    dnsServers: env.DNS_SERVERS,
    s3Url: env.S3_URL,
    privateHosts: env.PRIVATE_HOSTS,
    metricsToken: env.METRICS_TOKEN,
    logLevel: env.LOG_LEVEL,
    sessionIdleMinutes: env.SESSION_IDLE_MINUTES,
    auditDays: env.AUDIT_DAYS,
    quotas: env.QUOTAS,
    oidc: oidcOf(env),
    sandbox: env.SANDBOX === 'on',
  }));

function oidcOf(env: z.infer<typeof variables>) {
  const { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET: clientSecret } = env;
  if (issuer === undefined || clientId === undefined || clientSecret === undefined) return undefined;
  const { OIDC_NAME: name, OIDC_DOMAINS: domains, OIDC_ROLE: role, OIDC_WORKSPACE: workspace } = env;
  return { issuer, clientId, clientSecret, name, domains, role, workspace };
}
