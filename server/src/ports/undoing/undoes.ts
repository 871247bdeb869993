import { undoStage } from '../../automation/undo/undo-move.ts';
import * as channels from '../../channels/index.ts';
import type { Undoes } from '../../parts/undoing.ts';
import { undoFields } from './undo-fields.ts';
import { leaveIt } from './undo-made.ts';
import { undoRequest } from './undo-request.ts';
import { undoTask, undoTaskStatus } from './undo-tasks.ts';
import { undoComment, undoNotification } from './undo-told.ts';

const ofHouse: Undoes = {
  fields: undoFields,
  stage: undoStage,
  comment: undoComment,
  notification: undoNotification,
  task: undoTask,
  'task-status': undoTaskStatus,
  request: undoRequest,
  item: leaveIt,
  client: leaveIt,
  'client-fields': leaveIt,
};

/** How what a run left behind is taken back, by kind: of the house, or of the part whose port did it. */
export const undoes: Undoes = Object.assign({}, ofHouse, ...Object.values(channels).map((part) => part.undoes ?? {}));
