import { z } from 'zod';
import strings from './app.strings.json' with { type: 'json' };
import { defineSignal } from './define-signal.ts';

export const webhookCalled = defineSignal({
  kind: 'webhook.called',
  strings,
  external: true,
  tie: 'direct',
  schema: z.looseObject({ code: z.string(), data: z.record(z.string(), z.unknown()).optional() }),
});

export const appTriggered = defineSignal({
  kind: 'app.triggered',
  strings,
  external: true,
  tie: 'direct',
  schema: z.looseObject({ code: z.string(), app: z.string().optional() }),
});

export const visitorReturned = defineSignal({
  kind: 'visitor.returned',
  strings,
  external: true,
  tie: 'client',
  schema: z.looseObject({ url: z.string().optional(), site: z.string().optional() }),
});

export const qrScanned = defineSignal({
  kind: 'qr.scanned',
  strings,
  external: true,
  tie: 'direct',
  schema: z.looseObject({ rule: z.string().optional(), userAgent: z.string().optional() }),
});
