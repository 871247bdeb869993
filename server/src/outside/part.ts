import type { Part } from '../parts/part.ts';
import { secretRoutes } from './secrets.routes.ts';
import { createWebhookSender } from './sending/webhook-sender.ts';

/** What rules ask of other systems. */
export const outside: Part = {
  name: 'outside',
  routes: secretRoutes,
  senders: { webhook: (context) => createWebhookSender(context) },
};
