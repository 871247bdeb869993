import type { ChannelsTables } from './schema/channels.ts';
import type { CrmTables } from './schema/crm.ts';
import type { EngineTables } from './schema/engine.ts';
import type { FilesTables } from './schema/files.ts';
import type { PeopleTables } from './schema/people.ts';
import type { RightsTables } from './schema/rights.ts';

/** The tables of migrations/, as Kysely sees them. */
export interface DB extends PeopleTables, CrmTables, EngineTables, ChannelsTables, FilesTables, RightsTables {}
