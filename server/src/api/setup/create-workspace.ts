import type { Language } from '@signalbox/contract/common.ts';
import { makeDefaultChannels } from '../../connections/channels.store.ts';
import { makeDefaultPipelines } from '../../crm/pipelines/default-pipelines.ts';
import { makeStandardRoles } from '../../people/rights/roles.store.ts';
import { addWorkspace } from '../../people/workspaces.store.ts';
import type { Context } from '../../platform/context.ts';
import { inSystem, inWorkspace } from '../../platform/db.ts';

export interface NewWorkspace {
  readonly name: string;
  readonly timeZone?: string | undefined;
  readonly currency?: string | undefined;
  readonly language?: Language | undefined;
}

/** A workspace with its pipelines and, with the sandbox on, a channel of each kind. Without people it is nobody's yet. */
export async function createWorkspace({ databases, config }: Context, workspace: NewWorkspace): Promise<number> {
  const { language = 'en' } = workspace;
  const id = await inSystem(databases.system, async (tx) => {
    const made = await addWorkspace(tx, { ...workspace, language });
    await makeStandardRoles(tx, made);
    return made;
  });
  await inWorkspace(databases.app, id, async (tx) => {
    await makeDefaultPipelines(tx, language);
    if (config.sandbox) await makeDefaultChannels(tx, language);
  });
  return id;
}
