import { accessRoutes } from '../access/access.routes.ts';
import { auditRoutes } from '../audit/audit.routes.ts';
import { automationRoutes } from '../automation/automation.routes.ts';
import { conversionRoutes } from '../automation/conversion/convert.routes.ts';
import { pipelineCommandRoutes } from '../automation/editing/pipeline-commands.routes.ts';
import { importRoutes } from '../automation/imports/imports.routes.ts';
import { itemCommandRoutes } from '../automation/moves/item-commands.routes.ts';
import { queueReplanOfHours } from '../automation/visits/replan-hours.ts';
import { fileRoutes } from '../collaboration/drive/files.routes.ts';
import { notificationRoutes } from '../collaboration/notifications/notifications.routes.ts';
import { channelRoutes } from '../connections/channels.routes.ts';
import { mailDomainRoutes } from '../connections/mail-domains.routes.ts';
import { clientRoutes } from '../crm/clients/clients.routes.ts';
import { clientCsvRoutes } from '../crm/clients/clients-csv.routes.ts';
import { fieldRoutes } from '../crm/fields/fields.routes.ts';
import { boardRoutes } from '../crm/items/board.routes.ts';
import { itemRoutes } from '../crm/items/items.routes.ts';
import { pipelineRoutes } from '../crm/pipelines/pipelines.routes.ts';
import { itemTypeRoutes } from '../crm/processes/item-types.routes.ts';
import { searchRoutes } from '../crm/search/search.routes.ts';
import { timelineRoutes } from '../crm/timeline/timeline.routes.ts';
import { currencyRoutes } from '../people/currencies/currencies.routes.ts';
import { departmentRoutes } from '../people/departments.routes.ts';
import { invitationRoutes } from '../people/invitations/invitations.routes.ts';
import { keyRoutes } from '../people/keys.store.routes.ts';
import { oidcRoutes } from '../people/oidc/oidc.routes.ts';
import { ownPasswordRoutes } from '../people/own-account/own-password.routes.ts';
import { ownSessionRoutes } from '../people/own-account/own-sessions.routes.ts';
import type { People } from '../people/people.ts';
import { resetRoutes } from '../people/reset/reset.routes.ts';
import { roleRoutes } from '../people/roles.routes.ts';
import { ownFactorRoutes } from '../people/second-factor/own-factors.routes.ts';
import { secondStepRoutes } from '../people/second-factor/second-step.routes.ts';
import { takenFactorRoutes } from '../people/second-factor/taken-factors.routes.ts';
import { sessionRoutes } from '../people/session.routes.ts';
import { quotaRoutes } from '../people/usage/quotas.routes.ts';
import { userRoutes } from '../people/users.routes.ts';
import { workingTimeRoutes } from '../people/working-time/working-time.routes.ts';
import type { Context } from '../platform/context.ts';
import type { Route } from '../platform/http/http.ts';
import { undoes } from '../ports/undoing/undoes.ts';
import { searchTasks } from '../tasks/search-tasks.ts';
import { healthRoutes } from './health.routes.ts';
import { meRoutes } from './me.routes.ts';
import { referenceRoutes } from './references.routes.ts';
import { setupRoutes } from './setup/setup.routes.ts';

/** Every route that is described in OpenAPI; a noun's routes stand beside its store. */
export function everyRoute(context: Context, people: People): Route[] {
  return [
    ...healthRoutes(context),
    ...setupRoutes(context, people),
    ...sessionRoutes(context, people),
    ...invitationRoutes(context, people),
    ...meRoutes(context),
    ...ownSessionRoutes(context, people),
    ...ownPasswordRoutes(context, people),
    ...oidcRoutes(context, people),
    ...resetRoutes(context, people),
    ...secondStepRoutes(context, people),
    ...ownFactorRoutes(context, people),
    ...takenFactorRoutes(context, people),
    ...userRoutes(context, people),
    ...roleRoutes(context),
    ...auditRoutes(context),
    ...keyRoutes(context, people),
    ...departmentRoutes(context),
    ...currencyRoutes(context),
    ...quotaRoutes(context, people),
    ...workingTimeRoutes(context, queueReplanOfHours),
    ...pipelineRoutes(context),
    ...itemTypeRoutes(context),
    ...fieldRoutes(context),
    ...clientRoutes(context),
    ...clientCsvRoutes(context),
    ...itemRoutes(context),
    ...accessRoutes(context),
    ...pipelineCommandRoutes(context),
    ...itemCommandRoutes(context),
    ...conversionRoutes(context),
    ...importRoutes(context),
    ...automationRoutes(context, undoes),
    ...timelineRoutes(context),
    ...boardRoutes(context),
    ...searchRoutes(context, searchTasks),
    ...notificationRoutes(context),
    ...fileRoutes(context),
    ...channelRoutes(context),
    ...mailDomainRoutes(context),
    ...referenceRoutes(context),
  ];
}
