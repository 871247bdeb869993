import { taskStatuses } from '@signalbox/automation/kit/values/task-statuses.ts';
import { auditGroup } from '@signalbox/contract/audit.ts';
import { plannedKind } from '@signalbox/contract/automation/planned.ts';
import type { QueryClient } from '@tanstack/react-query';
import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { z } from 'zod';
import { fetchScreen } from '../../api/automation/automation-facts.ts';
import { itemQuery } from '../../api/items/items.ts';
import { isHalfSignedIn, isSignedOut } from '../../api/transport/errors.ts';
import { keepFor } from '../../api/workspace/kept-in-browser.ts';
import { meQuery, saveMe } from '../../api/workspace/me.ts';
import { loadTexts, speak } from '../../i18n/i18n.ts';
import { guessLanguage } from '../../i18n/languages.ts';
import { Shell } from '../shell.tsx';
import { type LoadAhead, loadAhead } from './ahead.ts';
import { rootRoute } from './front-door.ts';

// `signal` leads to its line in the decision log.
const cardSearch = z.object({
  tab: z.enum(['timeline', 'tasks', 'history', 'automation']).optional(),
  signal: z.number().optional(),
});

// Where a page leads back to: within these pages.
const backTo = z
  .string()
  .regex(/^\/(?![/\\])/)
  .optional()
  .catch(undefined);

const shell = createRoute({
  getParentRoute: () => rootRoute,
  id: 'signed-in',
  beforeLoad: async ({ context, location, matches }) => {
    loadAhead(context.queryClient, matches);
    const me = await context.queryClient.ensureQueryData(meQuery).catch((error: unknown) => {
      if (isSignedOut(error)) throw redirect({ to: '/sign-in', search: { next: location.href } });
      if (isHalfSignedIn(error)) throw redirect({ to: '/second', search: { next: location.href } });
      throw error;
    });
    keepFor(`${me.workspace.id} ${me.seenBy?.id ?? me.id}`);
    await speak(me.languageChosen ? me.language : await keepGuess(context.queryClient));
  },
  component: Shell,
});

// Letters and notifications are written by the server: it has to know what the person reads.
async function keepGuess(client: QueryClient) {
  const language = guessLanguage();
  const saved = await saveMe({ language }).catch(() => undefined);
  if (saved !== undefined) client.setQueryData(meQuery.queryKey, saved);
  return language;
}

const home = createRoute({
  getParentRoute: () => shell,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/board/$type', params: { type: 'deal' } });
  },
});

const boardOfType = createRoute({
  getParentRoute: () => shell,
  path: '/board/$type',
  component: lazyRouteComponent(() => import('../../features/board/first-pipeline.tsx'), 'FirstPipeline'),
});

const board = createRoute({
  getParentRoute: () => shell,
  path: '/board/$type/$pipeline',
  validateSearch: z.object({ q: z.string().optional(), add: z.boolean().optional() }),
  component: lazyRouteComponent(() => import('../../features/board/board-page.tsx'), 'BoardPage'),
});

const boardItem = createRoute({
  getParentRoute: () => board,
  path: '/items/$item',
  validateSearch: cardSearch,
  component: lazyRouteComponent(() => import('../item-page.tsx'), 'ItemPage'),
});

const list = createRoute({
  getParentRoute: () => shell,
  path: '/list/$type/$pipeline',
  validateSearch: z.object({
    q: z.string().optional(),
    sort: z.string().optional(),
    filter: z.string().optional(),
  }),
  component: lazyRouteComponent(() => import('../../features/list/list-page.tsx'), 'ListPage'),
});

const importFile = createRoute({
  getParentRoute: () => shell,
  path: '/import/$target',
  validateSearch: z.object({ pipeline: z.number().optional(), id: z.number().optional() }),
  component: lazyRouteComponent(() => import('../../features/import/import-page.tsx'), 'ImportPage'),
});

// For links that know only the item: notifications, e-mails, other programs.
const item = createRoute({
  getParentRoute: () => shell,
  path: '/items/$item',
  validateSearch: cardSearch,
  beforeLoad: async ({ context, params, search }) => {
    const found = await context.queryClient.ensureQueryData(itemQuery(Number(params.item)));
    throw redirect({
      to: '/board/$type/$pipeline/items/$item',
      params: { type: found.type, pipeline: String(found.pipeline), item: params.item },
      search,
    });
  },
});

const clients = createRoute({
  getParentRoute: () => shell,
  path: '/clients/$kind',
  validateSearch: z.object({ q: z.string().optional(), add: z.boolean().optional() }),
  component: lazyRouteComponent(() => import('../../features/clients/clients-page.tsx'), 'ClientsPage'),
});

const client = createRoute({
  getParentRoute: () => clients,
  path: '/$client',
  component: lazyRouteComponent(() => import('../../features/clients/client-panel.tsx'), 'ClientPanel'),
});

const calls = createRoute({
  getParentRoute: () => shell,
  path: '/calls',
  validateSearch: z.object({
    show: z.enum(['missed', 'all', 'hours']).optional().catch(undefined),
    line: z.int().positive().optional().catch(undefined),
    direction: z.enum(['incoming', 'outgoing']).optional().catch(undefined),
    days: z.int().positive().max(366).optional().catch(undefined),
    q: z.string().max(200).optional().catch(undefined),
  }),
  component: lazyRouteComponent(() => import('../../features/calls/calls-page.tsx'), 'CallsPage'),
});

const tasks = createRoute({
  getParentRoute: () => shell,
  path: '/tasks',
  validateSearch: z.object({
    show: z.enum(['days', 'list', 'board', 'calendar']).optional().catch(undefined),
    whose: z.enum(['mine', 'given', 'observed', 'all']).optional().catch(undefined),
    status: z
      .enum(['open', 'overdue', 'all', ...taskStatuses])
      .optional()
      .catch(undefined),
    responsible: z.int().positive().optional().catch(undefined),
    order: z.enum(['newest', 'deadline']).optional().catch(undefined),
    q: z.string().max(200).optional().catch(undefined),
    day: z.iso.date().optional().catch(undefined),
    span: z.enum(['month', 'week']).optional().catch(undefined),
    back: backTo,
  }),
  component: lazyRouteComponent(() => import('../../features/tasks/tasks-page.tsx'), 'TasksPage'),
});

const task = createRoute({
  getParentRoute: () => tasks,
  path: '/$task',
  component: lazyRouteComponent(() => import('../../features/tasks/panel/task-panel.tsx'), 'TaskPanel'),
});

const planned = createRoute({
  getParentRoute: () => shell,
  path: '/planned',
  validateSearch: z.object({
    show: z.enum(['days', 'rules']).optional().catch(undefined),
    kind: plannedKind.optional().catch(undefined),
    responsible: z.int().positive().optional().catch(undefined),
    pipeline: z.int().positive().optional().catch(undefined),
    rule: z.string().max(200).optional().catch(undefined),
    from: z.iso.date().optional().catch(undefined),
  }),
  component: lazyRouteComponent(() => import('../../features/planned/planned-page.tsx'), 'PlannedPage'),
});

const sandbox = createRoute({
  getParentRoute: () => shell,
  path: '/sandbox/$channel',
  validateSearch: z.object({ id: z.number().optional() }),
  component: lazyRouteComponent(() => import('../../features/sandbox/sandbox-page.tsx'), 'SandboxPage'),
});

// Its address before other channels had a sandbox.
const mail = createRoute({
  getParentRoute: () => shell,
  path: '/mail',
  validateSearch: z.object({ id: z.number().optional() }),
  beforeLoad: ({ search }) => {
    throw redirect({ to: '/sandbox/$channel', params: { channel: 'mailbox' }, search });
  },
});

const settings = createRoute({
  getParentRoute: () => shell,
  path: '/settings/$section',
  // What the audit log is narrowed by.
  validateSearch: z.object({
    q: z.string().max(200).optional().catch(undefined),
    by: z.int().positive().optional().catch(undefined),
    group: auditGroup.optional().catch(undefined),
    from: z.iso.date().optional().catch(undefined),
    to: z.iso.date().optional().catch(undefined),
  }),
  beforeLoad: ({ params }) => {
    // Where mailboxes were before they had company.
    if (params.section === 'mailboxes') throw redirect({ to: '/settings/channels/$kind', params: { kind: 'mailbox' } });
  },
  component: lazyRouteComponent(() => import('../../features/settings/settings-page.tsx'), 'SettingsPage'),
});

// `back` leads to the form that had no channel to choose.
const channels = createRoute({
  getParentRoute: () => shell,
  path: '/settings/channels/$kind',
  validateSearch: z.object({
    back: backTo,
  }),
  component: lazyRouteComponent(() => import('../../features/settings/settings-page.tsx'), 'SettingsPage'),
});

// `from`: a new role begins as a copy of that one.
const role = createRoute({
  getParentRoute: () => shell,
  path: '/settings/roles/$role',
  validateSearch: z.object({ from: z.number().optional().catch(undefined) }),
  component: lazyRouteComponent(() => import('../../features/settings/settings-page.tsx'), 'SettingsPage'),
});

const automationHome = createRoute({
  getParentRoute: () => shell,
  path: '/automation',
  component: lazyRouteComponent(() => import('../last-automation.tsx'), 'LastAutomation'),
});

const automationOfType = createRoute({
  getParentRoute: () => shell,
  path: '/automation/$type',
  component: lazyRouteComponent(() => import('../last-automation.tsx'), 'LastAutomation'),
});

const automationPage = () => import('../../features/automation/automation-page.tsx');

const automationAhead: LoadAhead = (client, { type = '', pipeline = '' }) =>
  Promise.all([
    automationPage(),
    loadTexts('automation', 'pipelines', 'rehearsal'),
    fetchScreen(client, { type, pipeline }),
  ]);

const automation = createRoute({
  getParentRoute: () => shell,
  path: '/automation/$type/$pipeline',
  staticData: { ahead: automationAhead },
  // Drawn with all of it, and once: each part that came by itself would draw hundreds of cards again.
  loader: ({ context, params }) => automationAhead(context.queryClient, params),
  component: lazyRouteComponent(automationPage, 'AutomationPage'),
});

/** The pages inside the shell; a new page is one more route here. */
export const signedIn = shell.addChildren([
  home,
  boardOfType,
  board.addChildren([boardItem]),
  item,
  list,
  importFile,
  clients.addChildren([client]),
  calls,
  tasks.addChildren([task]),
  planned,
  sandbox,
  mail,
  settings,
  channels,
  role,
  automationHome,
  automationOfType,
  automation,
]);
