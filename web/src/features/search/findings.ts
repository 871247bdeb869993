import type { SearchResult } from '@signalbox/contract/search.ts';
import type { NavigateOptions } from '@tanstack/react-router';
import { ArrowRight, Building2, Kanban, ListTodo, type LucideIcon, UserRound } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { usePipelines } from '../../api/automation/pipelines.ts';
import { useTypeNames } from '../../api/items/item-types.ts';
import { useMay } from '../../api/workspace/may.ts';
import { useSetup } from '../../api/workspace/setup.ts';

export interface Finding {
  key: string;
  icon: LucideIcon;
  name: string;
  hint: string;
  link: NavigateOptions;
}

type Command = Pick<Finding, 'name' | 'link'>;

/** What the server found, as rows that lead somewhere. */
export function useFindings(result: SearchResult | undefined): Finding[] {
  const names = useTypeNames();
  const { t } = useTranslation('tasks');
  if (!result) return [];
  const items = result.items.map(
    ({ id, type, title, stageName, pipeline }): Finding => ({
      key: `item-${id}`,
      icon: Kanban,
      name: title,
      hint: `${names.one(type)} · ${stageName}`,
      link: {
        to: '/board/$type/$pipeline/items/$item',
        params: { type, pipeline: String(pipeline), item: String(id) },
      },
    }),
  );
  const tasks = result.tasks.map(
    ({ id, title, status, itemTitle }): Finding => ({
      key: `task-${id}`,
      icon: ListTodo,
      name: title,
      hint: [itemTitle, t(`statuses.${status}`)].filter((part) => part !== null).join(' · '),
      link: { to: '/tasks/$task', params: { task: String(id) } },
    }),
  );
  const clients = [...clientFindings('contact', result.contacts), ...clientFindings('company', result.companies)];
  return [...items, ...clients, ...tasks];
}

function clientFindings(kind: 'contact' | 'company', clients: SearchResult['contacts']): Finding[] {
  return clients.map(({ id, name, emails, phones }) => ({
    key: `${kind}-${id}`,
    icon: kind === 'contact' ? UserRound : Building2,
    name,
    hint: emails[0] ?? phones[0] ?? '',
    link: { to: '/clients/$kind/$client', params: { kind, client: String(id) } },
  }));
}

/** Places to go, by the words in their names. */
export function useCommands(q: string): Finding[] {
  const { t } = useTranslation();
  const names = useTypeNames();
  const { data: pipelines = [] } = usePipelines();
  const { data: setup } = useSetup();
  const boards = pipelines.map(
    ({ id, type, name }): Command => ({
      name: `${names.many(type)}: ${name}`,
      link: { to: '/board/$type/$pipeline', params: { type, pipeline: String(id) } },
    }),
  );
  const automations = pipelines.map(
    ({ id, type, name }): Command => ({
      name: `${t('shell.automation')}: ${name} (${names.one(type)})`,
      link: { to: '/automation/$type/$pipeline', params: { type, pipeline: String(id) } },
    }),
  );
  const may = useMay();
  const sandbox: Command[] =
    setup?.sandbox && may.areas.mail
      ? [{ name: t('shell.sandbox'), link: { to: '/sandbox/$channel', params: { channel: 'mailbox' } } }]
      : [];
  const clients: Command[] = [
    { name: t('types.contact.many'), link: { to: '/clients/$kind', params: { kind: 'contact' } } },
    { name: t('types.company.many'), link: { to: '/clients/$kind', params: { kind: 'company' } } },
  ];
  const places: Command[] = [
    { name: t('shell.rail.tasks'), link: { to: '/tasks' } },
    { name: t('shell.planned'), link: { to: '/planned' } },
    ...(may.seeClients ? clients : []),
    ...sandbox,
    { name: t('settings.itemTypes'), link: { to: '/settings/$section', params: { section: 'itemTypes' } } },
    { name: t('shell.settings'), link: { to: '/settings/$section', params: { section: 'profile' } } },
  ];
  const words = q.toLowerCase().split(/\s+/);
  return [...boards, ...places, ...automations]
    .filter(({ name }) => words.every((word) => name.toLowerCase().includes(word)))
    .slice(0, 8)
    .map(({ name, link }) => ({ key: name, icon: ArrowRight, name, hint: '', link }));
}
