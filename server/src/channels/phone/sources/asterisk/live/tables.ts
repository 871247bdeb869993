import type { MaybeMoment, Moment } from '../../../../../platform/schema/columns.ts';

declare module '../../../../../platform/schema.ts' {
  interface DB {
    line_leases: {
      workspace_id: number;
      channel_id: number;
      holder: string;
      held_until: Moment;
      connected_at: MaybeMoment;
    };
  }
}
