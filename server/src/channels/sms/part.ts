import type { Part } from '../../parts/part.ts';
import { smsSandboxRoutes } from './sandbox/sandbox.routes.ts';

/** Text messages. Announced: there is the sandbox that will hold them, and nothing sends them yet. */
export const sms: Part = { name: 'sms', sandbox: smsSandboxRoutes };
